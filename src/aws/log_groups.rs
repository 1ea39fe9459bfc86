//! Which log groups there are (`DescribeLogGroups`), by a part of their names.

use super::connect::Aws;
use super::problem::Problem;
use super::text::Text;

/// The most groups of one answer (`DescribeLogGroups` in the API reference of `CloudWatch` Logs).
const PAGE: i32 = 50;

/// The log groups that have a part in their names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogGroups {
    /// Their names, at most 50.
    pub names: Vec<Text>,
    /// There are more than these.
    pub more: bool,
}

/// Where Lambda writes the log of a function unless it is told otherwise.
pub fn default_log_group(function: &str) -> Text {
    Text::line(format!("/aws/lambda/{function}"))
}

/// Looks for log groups: by the beginning of their names if the part begins with a slash, else by any part of them, in
/// upper and lower case as it is.
///
/// # Errors
/// As every request.
pub async fn log_groups(aws: Aws, part: Text) -> Result<LogGroups, Problem> {
    let request = aws.logs().describe_log_groups().limit(PAGE);
    let request = if part.starts_with('/') {
        request.log_group_name_prefix(part.as_str())
    } else {
        request.log_group_name_pattern(part.as_str())
    };
    let answer = request.send().await;
    let answer = answer.map_err(|error| aws.problem("look for log groups", "logs:DescribeLogGroups", &error))?;
    let names = answer.log_groups().iter().filter_map(|group| group.log_group_name()).map(Text::line);
    // Endpoints of others may not know the part and give all they have.
    let names = names.filter(|name| name.contains(part.as_str())).collect();
    Ok(LogGroups { names, more: answer.next_token().is_some() })
}

#[cfg(test)]
mod tests {
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    #[tokio::test]
    async fn a_beginning_and_a_part_are_asked_for_by_their_own_names() {
        let found = r#"{"logGroups":[{"logGroupName":"/shop/audit"},{"logGroupName":"other"}],"nextToken":"n"}"#;
        let far_end = FarEnd::of([Reply::json(found), Reply::json(found)]);
        let aws = far_end.aws().await;
        let told = log_groups(aws.clone(), "/shop".into()).await.unwrap();
        assert_eq!(told, LogGroups { names: vec!["/shop/audit".into()], more: true });
        assert_eq!(log_groups(aws, "audit".into()).await.unwrap().names, ["/shop/audit"]);
        let asked = far_end.journal();
        assert!(asked[0].contains(r#""logGroupNamePrefix":"/shop""#), "{asked:?}");
        assert!(asked[1].contains(r#""logGroupNamePattern":"audit""#), "{asked:?}");
    }
}
