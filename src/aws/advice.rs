//! What a person can do about an error of AWS: in a line, and in few words.

use super::diagnosis::{Answer, Question};
use super::problem::{Brief, Kind};
use super::text::Text;

/// One line of what to do, and few words where its kind alone does not tell them.
pub(super) fn advice(kind: Kind, code: &str, answer: &Answer, question: &Question<'_>) -> (Text, Option<Brief>) {
    let action = question.action;
    let hint = match kind {
        Kind::Denied if code.starts_with("OptIn") => {
            return both(
                format!("Enable the region {} for the account, or choose another with --region.", question.region),
                Brief::new("the region is not enabled", "R chooses another region"),
            );
        }
        // What may be read may be encrypted all the same.
        Kind::Denied if answer.message.contains("KMS") || answer.message.contains("kms:") => {
            return both(
                "The identity needs kms:Decrypt for the key that this is encrypted with, and the key must be enabled."
                    .to_owned(),
                Brief::new("its key may not be used", "needs kms:Decrypt"),
            );
        }
        Kind::Denied => {
            return both(
                format!("The identity needs {action}; ask for it, or choose another profile."),
                Brief::new("not allowed", format!("needs {action}")),
            );
        }
        Kind::Expired if is_skew(code, &answer.message) => {
            return both(
                "The clock of this computer differs from AWS's by minutes: set the time, then press r.".to_owned(),
                Brief::new("this computer's clock is wrong", "set the time, then r"),
            );
        }
        Kind::Expired => return renew(question, code),
        Kind::Missing => "It may have been deleted meanwhile; press r to look again.",
        Kind::Throttled => "We slow down and ask again by ourselves.",
        Kind::Conflict if code == "PreconditionFailedException" => {
            "It was changed since you looked: press r, compare, and try again."
        }
        Kind::Conflict => "Another change is under way; wait until it has settled and try again.",
        Kind::Exists => "Choose another, or change the one that is there.",
        Kind::Invalid => "AWS does not accept the values; correct them and try again.",
        _ if answer.status >= 500 => {
            let said = if code.is_empty() { format!("HTTP {}", answer.status) } else { code.to_owned() };
            let brief = Brief::new(said, "AWS's fault: r asks again");
            return both("The fault is on AWS's side; press r to ask again.".to_owned(), brief);
        }
        _ => "",
    };
    (Text::known(hint), None)
}

fn both(hint: String, brief: Brief) -> (Text, Option<Brief>) {
    (hint.into(), Some(brief))
}

fn is_skew(code: &str, message: &str) -> bool {
    matches!(code, "RequestTimeTooSkewed" | "RequestExpired")
        || message.contains("Signature expired")
        || message.contains("Signature not yet current")
}

fn renew(question: &Question<'_>, code: &str) -> (Text, Option<Brief>) {
    let login = login(question.profile);
    match code {
        "InvalidSignatureException" | "SignatureDoesNotMatch" | "IncompleteSignature" => both(
            "The secret key does not fit the access key: check the credentials of the profile.".to_owned(),
            Brief::new("the secret key is wrong", "check the profile's credentials"),
        ),
        "UnrecognizedClientException" | "InvalidClientTokenId" | "InvalidAccessKeyId" => both(
            format!("These credentials are not known here: check profile and region, or {login}."),
            Brief::new("credentials not known", "check profile and region"),
        ),
        _ => (format!("Sign in again, for example with {login}, then press r.").into(), None),
    }
}

/// The command that renews credentials of a profile.
pub(super) fn login(profile: Option<&str>) -> String {
    let option = profile.map(|profile| format!(" --profile {profile}")).unwrap_or_default();
    format!("`aws sso login{option}`")
}
