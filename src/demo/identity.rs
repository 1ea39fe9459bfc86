//! STS: who is asking.

use super::answer::{Refusal, Reply};
use super::request::Asked;

/// The account everything belongs to, unless STS is told to say another.
pub(super) const ACCOUNT_ID: &str = "123456789012";

/// Whom the account takes every caller for.
pub(super) const CALLER_ARN: &str = "arn:aws:sts::123456789012:assumed-role/Developer/mira.okafor";

/// Answers the awsQuery protocol: `GetCallerIdentity` and nothing else.
pub(super) fn answer(account: &str, asked: &Asked, request_id: &str) -> Result<Reply, Refusal> {
    if asked.operation != "GetCallerIdentity" {
        return Err(Refusal::new(400, "InvalidAction", format!("Could not find operation {}", asked.operation)));
    }
    let caller = CALLER_ARN.replace(ACCOUNT_ID, account);
    let body = format!(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
         <Arn>{caller}</Arn><UserId>AROADEMOEXAMPLE:mira.okafor</UserId><Account>{account}</Account>\
         </GetCallerIdentityResult><ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
    );
    Ok(Reply::of(200, body.into_bytes()))
}
