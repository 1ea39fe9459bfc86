//! Who we are to AWS.

use super::connect::Aws;
use super::problem::Problem;
use super::text::Text;

/// The account and the identity that signs our requests.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// The account's number, 12 digits.
    pub account: Text,
    /// The ARN of the user or the assumed role.
    pub arn: Text,
    /// The part of the ARN that names somebody: "Admin/alice", "deployer".
    pub who: Text,
}

/// Asks AWS who we are (STS `GetCallerIdentity`).
///
/// # Errors
/// As every request; an emulator may lack the operation.
pub async fn identity(aws: Aws) -> Result<Identity, Problem> {
    let answer = aws.sts().get_caller_identity().send().await;
    let answer = answer.map_err(|error| aws.problem("ask who we are", "sts:GetCallerIdentity", &error))?;
    let arn = answer.arn().unwrap_or_default();
    Ok(Identity {
        account: Text::line(answer.account().unwrap_or_default()),
        arn: Text::line(arn),
        who: Text::line(who(arn)),
    })
}

/// `arn:aws:sts::123456789012:assumed-role/Admin/alice` is Admin/alice.
fn who(arn: &str) -> &str {
    let resource = arn.rsplit(':').next().unwrap_or(arn);
    resource.split_once('/').map_or(resource, |(_, who)| who)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_arn_says_who() {
        assert_eq!(who("arn:aws:sts::123456789012:assumed-role/Admin/alice"), "Admin/alice");
        assert_eq!(who("arn:aws:iam::123456789012:user/deployer"), "deployer");
        assert_eq!(who("arn:aws:iam::123456789012:root"), "root");
        assert_eq!(who(""), "");
    }
}
