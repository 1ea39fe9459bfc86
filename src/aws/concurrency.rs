//! Reserved and provisioned concurrency of a function.

use aws_sdk_lambda::types::ProvisionedConcurrencyConfigListItem;
use chrono::{DateTime, Utc};
use futures_util::future;

use super::connect::Aws;
use super::function::{health, name_in, some, time, words};
use super::pages::{self, Page};
use super::problem::{Kind, Problem};
use super::text::Text;

/// What is set aside for one function.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Concurrency {
    /// Executions reserved for it. `None` leaves it in the account's pool; 0 stops every invocation:
    /// the two must never be taken for each other.
    pub reserved: Option<u32>,
    /// What is kept warm, by version and alias, in their order. `None` when it may not be read.
    pub provisioned: Option<Vec<Provisioned>>,
}

/// Execution environments kept warm for one version or alias.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provisioned {
    /// The version or alias.
    pub qualifier: Text,
    /// How many were asked for, at least 1.
    pub requested: u32,
    /// How many there are by now.
    pub allocated: u32,
    /// How many of them are not busy.
    pub available: u32,
    /// `IN_PROGRESS`, `READY` or `FAILED`.
    pub status: Text,
    /// Why it failed.
    pub reason: Option<Text>,
    /// When a person changed it; scaling does not count.
    pub modified: Option<DateTime<Utc>>,
}

impl Concurrency {
    /// What is kept warm, as far as it may be read.
    pub fn parts(&self) -> &[Provisioned] {
        self.provisioned.as_deref().unwrap_or_default()
    }

    /// AWS is still at one of its provisioned parts.
    pub fn unsettled(&self) -> bool {
        self.parts().iter().any(Provisioned::unsettled)
    }

    /// How many warm environments were asked for altogether.
    pub fn requested(&self) -> u32 {
        self.parts().iter().map(|part| part.requested).sum()
    }

    /// How many warm environments are billed: those of a part that failed are not there.
    pub fn billed(&self) -> u32 {
        self.parts().iter().map(|part| if part.failed() { part.allocated } else { part.requested }).sum()
    }

    /// The executions it takes out of the account's pool: what is reserved for it, or else what is kept warm.
    pub fn taken(&self) -> u32 {
        self.reserved.unwrap_or_else(|| self.requested())
    }

    /// What a version or an alias keeps warm, if it does.
    pub fn of(&self, qualifier: &str) -> Option<&Provisioned> {
        self.parts().iter().find(|part| &*part.qualifier == qualifier)
    }
}

impl Provisioned {
    /// AWS is still at it.
    pub fn unsettled(&self) -> bool {
        &*self.status == "IN_PROGRESS"
    }

    /// It could not be made.
    pub fn failed(&self) -> bool {
        &*self.status == "FAILED"
    }

    fn of(told: &ProvisionedConcurrencyConfigListItem) -> Self {
        Self {
            qualifier: qualifier(told.function_arn().unwrap_or_default()),
            requested: positive(told.requested_provisioned_concurrent_executions()),
            allocated: positive(told.allocated_provisioned_concurrent_executions()),
            available: positive(told.available_provisioned_concurrent_executions()),
            status: words(told.status().map(aws_sdk_lambda::types::ProvisionedConcurrencyStatusEnum::as_str)),
            reason: some(told.status_reason()),
            modified: told.last_modified().and_then(time),
        }
    }
}

/// The version or alias at the end of a qualified ARN.
fn qualifier(arn: &str) -> Text {
    let name = arn.rsplit_once(":function:").map_or(arn, |(_, name)| name);
    Text::line(name.split_once(':').map_or("", |(_, qualifier)| qualifier))
}

fn positive(told: Option<i32>) -> u32 {
    told.and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

/// Reads what is set aside for a function: two requests. The reservation comes from `GetFunction`, which
/// allows 100 requests a second where `GetFunctionConcurrency` shares 15 with everything else; the rest
/// from `ListProvisionedConcurrencyConfigs`. Where only the latter is refused, the refusal comes with what is known.
///
/// # Errors
/// As every request; `Missing` when the function was deleted since the list was read.
pub async fn concurrency(aws: Aws, function: Text) -> Result<(Concurrency, Option<Problem>), Problem> {
    let (reserved, provisioned) =
        future::join(reservation(aws.clone(), function.clone()), provisioned(&aws, &function)).await;
    let (reserved, refused) = (reserved?, |kind| matches!(kind, Kind::Denied | Kind::Unsupported));
    match provisioned {
        Ok(provisioned) => Ok((Concurrency { reserved, provisioned: Some(provisioned) }, None)),
        Err(problem) if refused(problem.kind) => Ok((Concurrency { reserved, provisioned: None }, Some(problem))),
        Err(problem) => Err(problem),
    }
}

/// Reads what is reserved for a function (`GetFunction`).
///
/// # Errors
/// As every request; `Missing` when the function was deleted since the list was read.
pub async fn reservation(aws: Aws, function: Text) -> Result<Option<u32>, Problem> {
    let health = health(aws, function).await?;
    Ok(health.reserved_concurrency.and_then(|reserved| u32::try_from(reserved).ok()))
}

/// Reads what a function keeps warm (`ListProvisionedConcurrencyConfigs`), all pages.
async fn provisioned(aws: &Aws, function: &Text) -> Result<Vec<Provisioned>, Problem> {
    let ask = |start| {
        let page = aws.lambda().list_provisioned_concurrency_configs().function_name(function.as_str());
        let page = page.set_marker(start);
        async {
            match page.send().await {
                Ok(page) => {
                    let things = page.provisioned_concurrency_configs().iter().map(Provisioned::of).collect();
                    Ok(Page { things, next: page.next_marker })
                }
                Err(error) => {
                    let doing = format!("read the provisioned concurrency of {}", name_in(function));
                    let problem = aws.problem(doing, "lambda:ListProvisionedConcurrencyConfigs", &error);
                    // Emulators answer an empty list with what AWS answers to a question for one.
                    if is_none(&problem) { Ok(Page { things: Vec::new(), next: None }) } else { Err(problem) }
                }
            }
        }
    };
    let mut all: Vec<Provisioned> = Vec::new();
    pages::each("configurations", ask, |page, _| all.extend(page)).await?;
    all.sort_by(|a, b| (a.qualifier.len(), &a.qualifier).cmp(&(b.qualifier.len(), &b.qualifier)));
    Ok(all)
}

/// Reads what is reserved for a function now (`GetFunctionConcurrency`): just before it is changed.
///
/// # Errors
/// As every request.
pub(super) async fn reserved(aws: &Aws, function: &Text) -> Result<Option<u32>, Problem> {
    let answer = aws.lambda().get_function_concurrency().function_name(function.as_str()).send().await;
    let answer = answer.map_err(|error| {
        let doing = format!("read the reserved concurrency of {}", name_in(function));
        aws.problem(doing, "lambda:GetFunctionConcurrency", &error)
    })?;
    Ok(answer.reserved_concurrent_executions().and_then(|reserved| u32::try_from(reserved).ok()))
}

/// Reads how many warm environments a version or an alias asks for now (`GetProvisionedConcurrencyConfig`): just
/// before it is changed. `None` when it has none.
///
/// # Errors
/// As every request.
pub(super) async fn requested(aws: &Aws, function: &Text, qualifier: &Text) -> Result<Option<u32>, Problem> {
    let request = aws.lambda().get_provisioned_concurrency_config();
    let answer = request.function_name(function.as_str()).qualifier(qualifier.as_str()).send().await;
    match answer {
        Ok(answer) => {
            let requested = answer.requested_provisioned_concurrent_executions();
            Ok(requested.and_then(|requested| u32::try_from(requested).ok()))
        }
        Err(error) => {
            let doing = format!("read the provisioned concurrency of {}:{qualifier}", name_in(function));
            let problem = aws.problem(doing, "lambda:GetProvisionedConcurrencyConfig", &error);
            if is_none(&problem) { Ok(None) } else { Err(problem) }
        }
    }
}

/// Nothing is provisioned there: an answer, and no failure.
fn is_none(problem: &Problem) -> bool {
    problem.code.as_deref() == Some("ProvisionedConcurrencyConfigNotFoundException")
}

#[cfg(test)]
mod tests {
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    const CONFIGS: &str = r#"{"ProvisionedConcurrencyConfigs":[
        {"FunctionArn":"arn:aws:lambda:eu-west-1:1:function:f:live","RequestedProvisionedConcurrentExecutions":50,
         "AllocatedProvisionedConcurrentExecutions":20,"AvailableProvisionedConcurrentExecutions":13,"Status":"IN_PROGRESS",
         "LastModified":"2019-12-31T20:28:49+0000"},
        {"FunctionArn":"arn:aws:lambda:eu-west-1:1:function:f:12","RequestedProvisionedConcurrentExecutions":5,
         "Status":"FAILED","StatusReason":"FUNCTION_ERROR_INIT_FAILURE"}]}"#;

    async fn read(function: &str) -> Concurrency {
        // Both requests are under way at once; the order in which they leave is that of the code.
        let far_end = FarEnd::of([Reply::json(function), Reply::json(CONFIGS)]);
        concurrency(far_end.aws().await, "f".into()).await.unwrap().0
    }

    #[tokio::test]
    async fn absent_is_unreserved_and_zero_is_stopped() {
        let told = [r#"{"Configuration":{}}"#, r#"{"Concurrency":{"ReservedConcurrentExecutions":0}}"#];
        assert_eq!(read(told[0]).await.reserved, None);
        assert_eq!(read(told[1]).await.reserved, Some(0));
    }

    #[tokio::test]
    async fn provisioned_parts_are_known_by_their_qualifier() {
        let all = read("{}").await;
        let shown: Vec<_> = all.parts().iter().map(|part| (part.qualifier.as_str(), part.allocated)).collect();
        assert_eq!(shown, [("12", 0), ("live", 20)]);
        assert!(all.unsettled() && all.requested() == 55);
        assert_eq!(all.of("12").and_then(|part| part.reason.as_deref()), Some("FUNCTION_ERROR_INIT_FAILURE"));
        assert!(all.of("live").is_some_and(|part| part.modified.is_some()) && all.of("13").is_none());
    }

    #[tokio::test]
    async fn a_refusal_of_one_half_leaves_the_other() {
        let told = Reply::json(r#"{"Concurrency":{"ReservedConcurrentExecutions":7}}"#);
        let far_end = FarEnd::of([told, Reply::error(403, "AccessDeniedException", "not authorized")]);
        let (known, refused) = concurrency(far_end.aws().await, "f".into()).await.unwrap();
        assert_eq!((known.reserved, known.provisioned), (Some(7), None));
        assert_eq!(refused.map(|problem| problem.kind), Some(Kind::Denied));
    }

    #[test]
    fn what_is_taken_is_the_reservation_or_what_is_kept_warm() {
        let part = |status, requested, allocated| Provisioned {
            qualifier: "live".into(),
            requested,
            allocated,
            available: 0,
            status: Text::known(status),
            reason: None,
            modified: None,
        };
        let parts = vec![part("READY", 20, 20), part("FAILED", 5, 0)];
        let own = Concurrency { reserved: Some(100), provisioned: Some(parts.clone()) };
        let pooled = Concurrency { reserved: None, provisioned: Some(parts) };
        assert_eq!((own.taken(), pooled.taken(), pooled.billed()), (100, 25, 20));
    }

    #[tokio::test]
    async fn no_configuration_is_none_and_no_failure() {
        let missing = Reply::error(404, "ProvisionedConcurrencyConfigNotFoundException", "none");
        let far_end = FarEnd::of([missing]);
        assert_eq!(requested(&far_end.aws().await, &"f".into(), &"live".into()).await, Ok(None));
        let far_end = FarEnd::of([Reply::error(404, "ResourceNotFoundException", "gone")]);
        assert!(requested(&far_end.aws().await, &"f".into(), &"live".into()).await.is_err());
    }
}
