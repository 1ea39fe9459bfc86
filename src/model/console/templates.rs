//! Payload templates that come along.

/// One template.
#[derive(Debug)]
pub struct Template {
    /// What it is called.
    pub title: &'static str,
    /// What it is like.
    pub remark: &'static str,
    /// The payload, laid out.
    pub text: &'static str,
}

macro_rules! template {
    ($title:literal, $remark:literal, $file:literal) => {
        Template {
            title: $title,
            remark: $remark,
            text: include_str!(concat!("../../../assets/payloads/", $file, ".json")),
        }
    };
}

/// All templates; the first is what an editor begins with.
pub static TEMPLATES: &[Template] = &[
    template!("Hello", "two strings", "hello"),
    template!("API Gateway REST (v1)", "a POST through a proxy integration", "apigateway-v1"),
    template!("API Gateway HTTP (v2)", "a POST, payload format 2.0", "apigateway-v2"),
    template!("Application Load Balancer", "a request to a target group", "alb"),
    template!("Function URL", "a request, payload format 2.0", "function-url"),
    template!("SQS", "a batch of messages", "sqs"),
    template!("SNS", "a notification", "sns"),
    template!("S3 put", "an object was created", "s3-put"),
    template!("EventBridge", "an event of a rule", "eventbridge"),
    template!("EventBridge scheduled", "a rule's schedule came due", "scheduled"),
    template!("DynamoDB stream", "items were changed", "dynamodb-stream"),
    template!("Kinesis stream", "a batch of records", "kinesis-stream"),
    template!("CloudWatch Logs", "a subscription's batch, base64 and gzip", "cloudwatch-logs"),
    template!("Cognito pre sign-up", "a user pool's trigger", "cognito-pre-signup"),
    template!("Step Functions", "the input of a task", "step-functions"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::json;

    #[test]
    fn every_template_is_json_and_has_a_name_of_its_own() {
        let mut titles = std::collections::HashSet::new();
        for template in TEMPLATES {
            assert_eq!(json::check(template.text), Ok(()), "{}", template.title);
            assert!(titles.insert(template.title) && !template.remark.is_empty(), "{}", template.title);
        }
    }
}
