//! What each error of AWS means to a person.

use super::*;

const QUESTION: fn() -> Question<'static> = || Question {
    doing: Text::known("read orders-api"),
    action: "lambda:GetFunction",
    profile: Some("prod"),
    region: "eu-west-1",
    endpoint: None,
    mfa: false,
};

fn told(status: u16, code: &str, message: &str) -> Problem {
    let code = Some(code.to_owned()).filter(|code| !code.is_empty());
    service(&QUESTION(), Answer { status, code, message: message.to_owned(), ..Answer::default() })
}

#[test]
fn errors_are_known_by_name_whatever_the_status() {
    let table = [
        (429, "TooManyRequestsException", Kind::Throttled),
        (400, "ThrottlingException", Kind::Throttled),
        (400, "Throttling", Kind::Throttled),
        (403, "AccessDeniedException", Kind::Denied),
        (401, "NotAuthorized", Kind::Denied),
        (403, "ExpiredTokenException", Kind::Expired),
        (403, "ExpiredToken", Kind::Expired),
        (403, "UnrecognizedClientException", Kind::Expired),
        (403, "InvalidClientTokenId", Kind::Expired),
        (403, "InvalidSignatureException", Kind::Expired),
        (404, "ResourceNotFoundException", Kind::Missing),
        (404, "ProvisionedConcurrencyConfigNotFoundException", Kind::Missing),
        (409, "ResourceConflictException", Kind::Conflict),
        (400, "ResourceInUseException", Kind::Conflict),
        (412, "PreconditionFailedException", Kind::Conflict),
        (400, "InvalidParameterValueException", Kind::Invalid),
        (413, "RequestTooLargeException", Kind::Invalid),
        (403, "EFSMountFailureException", Kind::Other),
        (502, "KMSNotFoundException", Kind::Other),
        (500, "ServiceException", Kind::Other),
        (404, "UnknownOperationException", Kind::Unsupported),
        (501, "", Kind::Unsupported),
        (404, "", Kind::Unsupported),
        (403, "", Kind::Denied),
        (429, "", Kind::Throttled),
        (503, "", Kind::Other),
    ];
    for (status, code, kind) in table {
        assert_eq!(told(status, code, "words").kind, kind, "{status} {code}");
    }
}

#[test]
fn an_emulator_that_takes_a_path_for_a_name_lacks_the_operation() {
    let problem = told(404, "ResourceNotFoundException", "Function not found: /2025-11-30/capacity-providers");
    assert_eq!(problem.kind, Kind::Unsupported);
    let problem =
        told(404, "ResourceNotFoundException", "Function not found: arn:aws:lambda:eu-west-1:000000000000:function:x");
    assert_eq!(problem.kind, Kind::Missing);
}

#[test]
fn advice_names_the_action_the_login_and_the_clock() {
    assert!(told(403, "AccessDeniedException", "no").hint.contains("lambda:GetFunction"));
    assert!(told(403, "ExpiredToken", "old").hint.contains("`aws sso login --profile prod`"));
    assert!(
        told(403, "InvalidSignatureException", "Signature expired: 2026 is now earlier than").hint.contains("clock")
    );
    assert!(told(403, "InvalidSignatureException", "does not match").hint.contains("secret key"));
    assert!(told(412, "PreconditionFailedException", "").hint.contains("changed since"));
    assert!(told(403, "OptInRequired", "").hint.contains("eu-west-1"));
}

#[test]
fn the_words_of_aws_are_kept_but_harmless() {
    let problem = told(400, "InvalidParameterValueException", "bad \u{1b}[2J value");
    assert_eq!(problem.said, "bad ^[[2J value");
    assert_eq!(problem.code.as_deref(), Some("InvalidParameterValueException"));
    assert_eq!(told(500, "", "").said, "HTTP 500 without a reason");
}

#[test]
fn a_web_page_is_no_answer() {
    let page = |status, endpoint| {
        let question = Question { endpoint, ..QUESTION() };
        garbled(&question, &Answer { status, page: true, ..Answer::default() })
    };
    assert_eq!(page(200, None).kind, Kind::Unreachable);
    assert!(page(200, None).hint.contains("sign in"));
    assert_eq!(page(404, Some("http://localhost:4566")).kind, Kind::Unsupported);
    assert_eq!(page(501, None).kind, Kind::Unsupported);
    assert_eq!(page(502, None).kind, Kind::Other);
    assert!(page(502, None).said.contains("HTTP 502"));
}

#[test]
fn a_good_answer_that_cannot_be_read_is_said_to_be_that() {
    let problem = told(200, "", "");
    assert_eq!(problem.said, "the answer could not be understood (HTTP 200)");
    assert_eq!(problem.kind, Kind::Other);
}
