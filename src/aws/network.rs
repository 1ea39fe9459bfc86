//! What went wrong between us and AWS: credentials, names, connections, certificates, proxies.

use std::error::Error;
use std::io;

use aws_credential_types::provider::error::CredentialsError;

use super::advice::login;
use super::diagnosis::Question;
use super::problem::{Brief, Kind, Problem};
use super::spoken::spoken;
use super::text::Text;

/// The error of type `E` in a chain of causes. A cause inside an `io::Error` counts.
pub(super) fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// An error and its causes. `io::Error::source` skips the error it wraps, so that is looked at apart.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| match error.downcast_ref::<io::Error>() {
        Some(wrapper) => wrapper.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => error.source(),
    })
}

/// All that a chain of causes says, in lower case, for searching.
fn told(error: &(dyn Error + 'static)) -> String {
    let words: Vec<String> = causes(error).map(|cause| cause.to_string().to_lowercase()).collect();
    words.join(": ")
}

/// The innermost cause: the one that knows.
fn root(error: &(dyn Error + 'static)) -> String {
    let words = causes(error).last().map(ToString::to_string).unwrap_or_default();
    words.trim_end_matches([':', '.', ' ', '\n']).to_owned()
}

/// What causes say of a connection that never stood.
const UNCONNECTED: [&str; 9] = [
    "(connect)",
    "dns error",
    "dns lookup",
    "connect error",
    "connection refused",
    "connect timeout",
    "tunnel error",
    "tls handshake failed",
    "certificate",
];

/// The request cannot have reached anybody: there was no connection to send it on.
pub(super) fn never_connected(error: &(dyn Error + 'static)) -> bool {
    let told = told(error);
    UNCONNECTED.iter().any(|sign| told.contains(sign)) || find::<CredentialsError>(error).is_some()
}

/// The problem behind an error for which there is no answer.
pub(super) fn problem(question: &Question<'_>, error: &(dyn Error + 'static)) -> Problem {
    if let Some(failure) = find::<CredentialsError>(error) {
        return credentials(question, failure);
    }
    broken_off(question, error).unwrap_or_else(|| {
        let hint = "Press r to try again; the log file (--log) has the details.";
        Problem::new(Kind::Other, question.doing.clone(), root(error), hint)
    })
}

/// The problem behind an error, if it is one of the connection.
pub(super) fn broken_off(question: &Question<'_>, error: &(dyn Error + 'static)) -> Option<Problem> {
    let failure = failure(&told(error))?;
    let said = failure.said.replace("{}", &host(question));
    let brief = Brief::new(failure.brief.0, failure.brief.1);
    Some(Problem::new(failure.kind, question.doing.clone(), said, failure.hint).in_brief(brief))
}

/// Whoever it was took the request, or not even that, and said nothing for as long as we wait.
pub(super) fn no_answer(question: &Question<'_>) -> Problem {
    let said = format!("no answer came in time from {}", host(question));
    let hint = Text::known("Check the network and the endpoint.");
    Problem::new(Kind::TimedOut, question.doing.clone(), said, hint)
}

/// One way a connection can fail: how to know it, and the plain words for it.
struct Failure {
    /// Any of these in what the causes say.
    signs: &'static [&'static str],
    kind: Kind,
    /// What happened, with `{}` for the host.
    said: &'static str,
    hint: &'static str,
    /// What happened, and what to do, in few words.
    brief: (&'static str, &'static str),
}

/// In order: the first that fits is the most particular.
const FAILURES: [Failure; 11] = [
    Failure {
        signs: &["aws_ca_bundle"],
        kind: Kind::Unreachable,
        said: "the file in AWS_CA_BUNDLE cannot be used for {}",
        hint: "Point it at a PEM file of certificates, or unset it.",
        brief: ("AWS_CA_BUNDLE is no use", "point it at a PEM file"),
    },
    Failure {
        signs: &["proxy authorization required"],
        kind: Kind::Unreachable,
        said: "the proxy to {} wants a user and a password (407)",
        hint: "Put them into HTTPS_PROXY: http://user:password@host:port.",
        brief: ("the proxy wants a password", "put it into HTTPS_PROXY"),
    },
    Failure {
        signs: &["tunnel error", "proxy"],
        kind: Kind::Unreachable,
        said: "the proxy did not connect us to {}",
        hint: "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.",
        brief: ("the proxy did not connect", "check HTTPS_PROXY, NO_PROXY"),
    },
    Failure {
        signs: &["dns error", "failed to lookup address", "name or service not known", "no records found"],
        kind: Kind::Unreachable,
        said: "the name of {} cannot be found (DNS)",
        hint: "Check the network, the region's name and the endpoint.",
        brief: ("name not found (DNS)", "check network and region"),
    },
    Failure {
        signs: &["certificate: expired", "certificate expired", "certexpired"],
        kind: Kind::Unreachable,
        said: "the certificate of {} has expired, or the clock of this computer is wrong",
        hint: "Check the date of this computer; a proxy may show a certificate of its own.",
        brief: ("certificate expired", "check the date of this computer"),
    },
    Failure {
        signs: &["certificate", "unknownissuer", "corruptmessage", "received fatal alert", "invalidcontenttype"],
        kind: Kind::Unreachable,
        said: "no trusted TLS connection to {}",
        hint: "Behind a company proxy, set AWS_CA_BUNDLE to its certificate; for a plain endpoint, write http://.",
        brief: ("no trusted TLS connection", "set AWS_CA_BUNDLE, or write http://"),
    },
    Failure {
        signs: &["connection refused"],
        kind: Kind::Unreachable,
        said: "{} refuses connections",
        hint: "Is it running, and is the port right?",
        brief: ("connection refused", "is it running, on that port?"),
    },
    Failure {
        signs: &["network is unreachable", "no route to host", "host is unreachable"],
        kind: Kind::Unreachable,
        said: "there is no route to {}",
        hint: "Check the network connection or the VPN.",
        brief: ("no route", "check the network or the VPN"),
    },
    Failure {
        signs: &["invalid http version", "invalid http status-code", "invalid http header"],
        kind: Kind::Unreachable,
        said: "what answers at {} does not speak HTTP",
        hint: "Check the endpoint and its port, and any proxy.",
        brief: ("it does not speak HTTP", "check the endpoint and its port"),
    },
    Failure {
        signs: &["timeout occurred", "timed out", "deadline"],
        kind: Kind::TimedOut,
        said: "{} does not answer",
        hint: "Check the network and the endpoint.",
        brief: ("no answer", "check network and endpoint"),
    },
    Failure {
        signs: &[
            "reset",
            "closed",
            "incomplete",
            "broken pipe",
            "unexpected eof",
            "handshake eof",
            "end of file",
            "sendrequest",
        ],
        kind: Kind::Unreachable,
        said: "the connection to {} broke off",
        hint: "Check the network, any proxy and the endpoint.",
        brief: ("the connection broke off", "check network and endpoint"),
    },
];

fn failure(told: &str) -> Option<&'static Failure> {
    FAILURES.iter().find(|failure| failure.signs.iter().any(|sign| told.contains(sign)))
}

/// Whom we tried to reach.
fn host(question: &Question<'_>) -> String {
    if let Some(endpoint) = question.endpoint {
        return endpoint.to_owned();
    }
    let service = question.action.split(':').next().unwrap_or("lambda");
    let suffix = if question.region.starts_with("cn-") { ".cn" } else { "" };
    format!("{service}.{}.amazonaws.com{suffix}", question.region)
}

/// Why there are no credentials.
fn credentials(question: &Question<'_>, failure: &CredentialsError) -> Problem {
    let told = told(failure);
    // The last of the chain is the metadata service of a machine in AWS: it is only asked when there
    // is nothing else, and its refusal says no more than that.
    let nothing_else = told.contains("imds") || told.contains("metadata");
    let expired = ["expired", "sso", "token", "login", "refresh"].iter().any(|sign| told.contains(sign));
    let login = login(question.profile);
    let none = || {
        let ways = "or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
        let hint = format!("Choose a profile with --profile, sign in with {login}, {ways}.");
        (Kind::NoCredentials, "no credentials were found".to_owned(), hint)
    };
    let (kind, said, hint) = match failure {
        _ if question.mfa => mfa(question),
        CredentialsError::CredentialsNotLoaded(_) => none(),
        _ if nothing_else => none(),
        // The SDK tells the reason once, and then only that it has told it.
        _ if told.contains("already taken") => (
            Kind::NoCredentials,
            "the profile cannot be used; the first message about it says why".to_owned(),
            "Check its role_arn and source_profile in ~/.aws/config, or choose another.".to_owned(),
        ),
        CredentialsError::ProviderTimedOut(_) => (
            Kind::NoCredentials,
            "the credentials did not come in time".to_owned(),
            "Run the credential_process of the profile by hand, or check the network.".to_owned(),
        ),
        _ if expired => {
            (Kind::Expired, spoken(&root(failure)), format!("Sign in again, for example with {login}, then press r."))
        }
        _ => (
            Kind::NoCredentials,
            spoken(&root(failure)),
            "Check the profile in ~/.aws/config, or choose another.".to_owned(),
        ),
    };
    Problem::new(kind, question.doing.clone(), Text::line(said), Text::line(hint))
}

/// The SDK sends no MFA code, and AWS refuses the role: the AWS CLI can ask for the code.
fn mfa(question: &Question<'_>) -> (Kind, String, String) {
    let profile = question.profile.unwrap_or("default");
    let said = format!("the profile \"{profile}\" wants an MFA code (mfa_serial), and lambdash cannot ask for one");
    let export = format!("eval \"$(aws configure export-credentials --profile {profile} --format env)\"");
    let hint = format!(
        "Run `{export}`, which asks for the code, then `lambdash --region {}` in the same shell.",
        question.region
    );
    (Kind::NoCredentials, said, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_a_connection_fails_has_words_of_its_own() {
        let cases = [
            ("dispatch failure: client error (connect): dns error: failed to lookup address", "cannot be found (DNS)"),
            ("client error (connect): tcp connect error: connection refused (os error 111)", "refuses connections"),
            ("client error (connect): invalid peer certificate: unknownissuer", "no trusted TLS"),
            ("client error (connect): invalid peer certificate: expired", "has expired"),
            ("client error (connect): tunnel error: proxy authorization required", "407"),
            ("client error (connect): tunnel error: unsuccessful", "the proxy did not connect"),
            ("http connect timeout occurred after 3.1s", "does not answer"),
            ("client error (sendrequest): connection closed before message completed", "broke off"),
            ("tcp connect error: network is unreachable (os error 101)", "no route"),
        ];
        for (told, expected) in cases {
            let said = failure(told).map(|failure| failure.said).unwrap_or_default();
            assert!(said.contains(expected), "{told}: {said}");
        }
        assert!(failure("something else").is_none());
    }

    #[test]
    fn missing_credentials_say_how_to_give_them() {
        let question = Question {
            doing: Text::known("list the functions"),
            action: "lambda:ListFunctions",
            profile: Some("prod"),
            region: "eu-west-1",
            endpoint: None,
            mfa: false,
        };
        let problem = credentials(&question, &CredentialsError::not_loaded("no"));
        assert_eq!(problem.kind, Kind::NoCredentials);
        assert!(problem.hint.contains("--profile prod"));
        let problem = credentials(&question, &CredentialsError::provider_error("the SSO session has expired"));
        assert_eq!((problem.kind, problem.said.as_str()), (Kind::Expired, "the SSO session has expired"));
        let problem = credentials(&question, &CredentialsError::provider_error("failed to load IMDS session token"));
        assert_eq!((problem.kind, problem.said.as_str()), (Kind::NoCredentials, "no credentials were found"));
        assert_eq!(host(&question), "lambda.eu-west-1.amazonaws.com");
        let failure = CredentialsError::provider_error("an error occurred: AccessDenied: token");
        let problem = credentials(&Question { mfa: true, ..question }, &failure);
        assert_eq!(
            problem.sentence(),
            "Could not list the functions: the profile \"prod\" wants an MFA code (mfa_serial), and lambdash cannot ask \
             for one. Run `eval \"$(aws configure export-credentials --profile prod --format env)\"`, which asks for the \
             code, then `lambdash --region eu-west-1` in the same shell."
        );
    }
}
