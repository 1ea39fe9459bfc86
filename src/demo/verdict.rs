//! What a request is answered: the truth, or the fault that was asked for.

use std::time::Duration;

use super::logs::Flaws;
use super::pieces::Pieces;
use super::request::Asked;
use super::{Answer, Demo, Fault, answer};

const BROKEN_JSON: &str = "{\"Functions\": [{\"FunctionName\": \"orders-";

const HTML: &str = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Hotel Wi-Fi: please sign in</form></body></html>";

impl Demo {
    /// What the answer is, and how long the far end works on it.
    pub(super) fn decide(&self, asked: &Asked, fault: Option<Fault>, id: &str) -> (Answer, Duration) {
        let refuse = |refusal: answer::Refusal| Answer::Response(refusal.into_response(asked.service, id));
        let carry_out = || match self.lock_account().answer(asked, id) {
            Ok(reply) => {
                let effort = if self.lock_script().latency.is_zero() { Duration::ZERO } else { reply.effort };
                (reply.wait + effort, reply.into_answer(asked.service, id))
            }
            Err(refusal) => (Duration::ZERO, Answer::Response(refusal.into_response(asked.service, id))),
        };
        let page = |body: &str, kind: &str| Answer::Response(answer::response(200, body.into(), kind, id));
        let answer = match fault {
            None => {
                let (wait, answer) = carry_out();
                return (answer, wait);
            }
            Some(Fault::ResetAfter) => return (Answer::Reset, carry_out().0),
            Some(
                fault @ (Fault::Truncated | Fault::Damaged | Fault::Silence | Fault::TailEnds { .. } | Fault::Sampled),
            ) => {
                let (wait, answer) = carry_out();
                return (spoilt(answer, &fault), wait);
            }
            Some(Fault::Status { code, error, message }) => refuse(answer::Refusal::new(code, &error, message)),
            Some(Fault::Denied { action }) => refuse(answer::Refusal::denied(&action)),
            Some(Fault::Throttled { retry_after }) => {
                refuse(answer::Refusal::throttled("CallerRateLimitExceeded", retry_after))
            }
            Some(Fault::BrokenJson) => page(BROKEN_JSON, asked.service.content_type()),
            Some(Fault::HtmlBody) => page(HTML, "text/html; charset=utf-8"),
            Some(Fault::Reset) => Answer::Reset,
            Some(Fault::Hang) => Answer::Hang,
        };
        (answer, Duration::ZERO)
    }
}

/// A good answer as it arrives when something happens to it on its way.
fn spoilt(answer: Answer, fault: &Fault) -> Answer {
    match (answer, fault) {
        (Answer::Response(response), Fault::Truncated) => Answer::Truncated(response),
        (Answer::Response(_), Fault::Silence) => Answer::Hang,
        (Answer::Stream(stream), Fault::Truncated) => Answer::Stream(stream.map(Pieces::truncated)),
        (Answer::Stream(stream), Fault::Damaged) => Answer::Stream(stream.map(Pieces::damaged)),
        (Answer::Stream(stream), Fault::Silence) => Answer::Stream(stream.map(Pieces::silent)),
        (Answer::Stream(stream), Fault::TailEnds { after, how }) => {
            let flaws = Flaws { end: Some((*after, *how)), ..Flaws::default() };
            Answer::Stream(stream.map(|pieces| pieces.flawed(flaws)))
        }
        (Answer::Stream(stream), Fault::Sampled) => {
            Answer::Stream(stream.map(|pieces| pieces.flawed(Flaws { sampled: true, ..Flaws::default() })))
        }
        (answer, _) => answer,
    }
}
