//! Whether what was typed can be the ARN that a mapping needs. AWS would say so too, but only after the confirmation.

use super::super::text::Text;
use super::source::SourceKind;

/// An ARN in its parts.
struct Arn<'a> {
    service: &'a str,
    region: &'a str,
    account: &'a str,
    resource: &'a str,
}

impl<'a> Arn<'a> {
    fn read(arn: &'a str) -> Option<Self> {
        let mut parts = arn.splitn(6, ':');
        let (scheme, partition) = (parts.next()?, parts.next()?);
        let (service, region, account) = (parts.next()?, parts.next()?, parts.next()?);
        let resource = parts.next().filter(|resource| !resource.is_empty())?;
        (scheme == "arn" && partition.starts_with("aws")).then_some(Self { service, region, account, resource })
    }

    /// It names an account and a region, as all but those of buckets do.
    fn is_placed(&self) -> bool {
        !self.region.is_empty() && self.account.len() == 12 && self.account.bytes().all(|c| c.is_ascii_digit())
    }
}

/// What is wrong with an ARN for a source of this kind that feeds a function of `region`, where that is known; `None`
/// where nothing is. The account may be another one: AWS allows that for most sources.
pub fn source_flaw(kind: SourceKind, arn: &str, region: Option<&str>) -> Option<String> {
    let read = Arn::read(arn).filter(|read| SourceKind::of_arn(arn) == kind && read.is_placed());
    let Some(read) = read.filter(|read| is_whole(kind, read)) else {
        let (words, example) = (kind.words(), example(kind));
        let article = if words.starts_with(['A', 'o']) { "an" } else { "a" };
        return Some(format!("this is not the ARN of {article} {words}: {example}"));
    };
    let elsewhere = region.filter(|region| *region != read.region)?;
    Some(format!("it is in {}: a source feeds functions of its own region, here {elsewhere}", Text::line(read.region)))
}

/// The resource has all the parts that name a source of the kind.
fn is_whole(kind: SourceKind, arn: &Arn<'_>) -> bool {
    let parts: Vec<&str> = arn.resource.split(['/', ':']).collect();
    let named = parts.iter().all(|part| !part.is_empty());
    named
        && match (kind, parts.as_slice()) {
            (SourceKind::Sqs, [_])
            | (SourceKind::Kinesis, ["stream", _] | ["stream", _, "consumer", ..])
            | (SourceKind::Msk, ["cluster", _, _] | ["vpc-connection", _, _, _])
            | (SourceKind::Mq, ["broker", _, _])
            | (SourceKind::DocumentDb, ["cluster", _]) => true,
            // The label of a stream is a time, with colons of its own.
            (SourceKind::DynamoDb, ["table", _, "stream", ..]) => parts.len() > 3,
            _ => false,
        }
}

/// What the ARN of a source of this kind looks like.
pub fn example(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Sqs => "arn:aws:sqs:<region>:<account>:<queue>",
        SourceKind::Kinesis => "arn:aws:kinesis:<region>:<account>:stream/<stream>",
        SourceKind::DynamoDb => "arn:aws:dynamodb:<region>:<account>:table/<table>/stream/<time>",
        SourceKind::Msk => "arn:aws:kafka:<region>:<account>:cluster/<cluster>/<uuid>",
        SourceKind::Mq => "arn:aws:mq:<region>:<account>:broker:<broker>:<id>",
        SourceKind::DocumentDb => "arn:aws:rds:<region>:<account>:cluster:<cluster>",
        SourceKind::Kafka | SourceKind::Other => "",
    }
}

/// What is wrong with the ARN of a secret; `None` where nothing is.
pub fn secret_flaw(arn: &str) -> Option<String> {
    let named = |read: &Arn<'_>| read.resource.strip_prefix("secret:").is_some_and(|name| !name.is_empty());
    let fits = Arn::read(arn).is_some_and(|read| read.service == "secretsmanager" && read.is_placed() && named(&read));
    let why = "this is not the ARN of a secret: arn:aws:secretsmanager:<region>:<account>:secret:<name>";
    (!fits).then(|| why.to_owned())
}

/// What is wrong with the place where records go that are given up; `None` where nothing is. A topic of the cluster
/// itself can take those of Kafka.
pub fn destination_flaw(place: &str, kind: SourceKind) -> Option<String> {
    let kafka = matches!(kind, SourceKind::Msk | SourceKind::Kafka);
    let topic = kafka && place.strip_prefix("kafka://").is_some_and(|topic| !topic.is_empty());
    let fits = Arn::read(place).is_some_and(|read| match read.service {
        "sqs" | "sns" => read.is_placed(),
        "s3" => true,
        _ => false,
    });
    let or = if kafka { ", or kafka:// and a topic" } else { "" };
    let why = format!("the ARN of a queue, a topic or a bucket: arn:aws:sqs:<region>:<account>:<queue>{or}");
    (!topic && !fits).then_some(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<&str> = Some("eu-west-1");

    #[test]
    fn every_kind_takes_the_arns_that_aws_gives() {
        for arn in [
            "arn:aws:sqs:eu-west-1:123456789012:orders.fifo",
            "arn:aws-cn:kinesis:eu-west-1:123456789012:stream/clicks",
            "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/fast:1700000000",
            "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-14T08:00:00.000",
            "arn:aws:kafka:eu-west-1:123456789012:cluster/lake/3f1d-3",
            "arn:aws:kafka:eu-west-1:123456789012:vpc-connection/210987654321/lake/3f1d-3",
            "arn:aws:mq:eu-west-1:123456789012:broker:stock:b-1a2b",
            "arn:aws:rds:eu-west-1:123456789012:cluster:documents",
            "arn:aws:docdb-elastic:eu-west-1:123456789012:cluster/0a1b-2c3d",
        ] {
            assert_eq!(source_flaw(SourceKind::of_arn(arn), arn, HERE), None, "{arn}");
            assert_eq!(source_flaw(SourceKind::of_arn(arn), arn, None), None, "{arn}");
        }
    }

    #[test]
    fn half_an_arn_and_one_of_another_region_are_told_apart() {
        let queue = |arn: &str| source_flaw(SourceKind::Sqs, arn, HERE).unwrap_or_default();
        for arn in [
            "arn:aws:sqs:",
            "arn:aws:sqs:eu-west-1:123456789012:",
            "arn:aws:sqs:eu-west-1::orders",
            "arn:aws:sqs:eu-west-1:1234:orders",
            "arn:aws:sqs::123456789012:orders",
            "arn:aws:sqs:eu-west-1:123456789012:a:b",
            "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks",
            "orders",
        ] {
            assert!(queue(arn).starts_with("this is not the ARN of an Amazon SQS queue"), "{arn}: {}", queue(arn));
        }
        let elsewhere = queue("arn:aws:sqs:us-east-1:123456789012:orders");
        assert!(elsewhere.starts_with("it is in us-east-1"), "{elsewhere}");
        for (kind, arn) in [
            (SourceKind::Kinesis, "arn:aws:kinesis:eu-west-1:123456789012:clicks"),
            (SourceKind::DynamoDb, "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"),
            (SourceKind::Msk, "arn:aws:kafka:eu-west-1:123456789012:cluster/lake"),
            (SourceKind::Mq, "arn:aws:mq:eu-west-1:123456789012:broker:stock"),
        ] {
            assert!(source_flaw(kind, arn, HERE).is_some(), "{arn}");
        }
    }

    #[test]
    fn secrets_and_destinations_are_whole_or_refused() {
        assert_eq!(secret_flaw("arn:aws:secretsmanager:eu-west-1:123456789012:secret:mq-4f2a"), None);
        assert!(secret_flaw("arn:aws:secretsmanager:eu-west-1:123456789012:secret:").is_some());
        assert!(secret_flaw("arn:aws:sqs:eu-west-1:123456789012:orders").is_some());
        let to = |place: &str| destination_flaw(place, SourceKind::Msk);
        for place in ["arn:aws:sqs:eu-west-1:123456789012:dead", "arn:aws:s3:::dead", "kafka://dead"] {
            assert_eq!(to(place), None, "{place}");
        }
        for place in
            ["arn:", "arn:aws:sqs:eu-west-1::dead", "arn:aws:s3:::", "kafka://", "arn:aws:lambda:r:1:function:a"]
        {
            assert!(to(place).is_some(), "{place}");
        }
        assert!(destination_flaw("kafka://dead", SourceKind::Kinesis).is_some());
    }
}
