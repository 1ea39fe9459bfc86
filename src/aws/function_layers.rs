//! The layers of one function: which are the newest, which are behind, which are gone, which are others'.

use futures_util::future::join_all;

use super::configuration::Configuration;
use super::connect::Aws;
use super::layer::{LayerUse, LayerVersion, layer_content, layer_in, newest_versions};
use super::problem::{Kind, Problem};
use super::setting::{Setting, SettingValue};
use super::text::Text;

/// How each layer of a function stands, as settings of a group of their own, in the order they are merged. One question
/// for each layer (`ListLayerVersions` for our own, `GetLayerVersionByArn` for those of others); one that fails says so
/// and costs nothing else.
pub async fn function_layers(aws: Aws, function: &Configuration) -> Vec<Setting> {
    let account = function.arn.split(':').nth(4).unwrap_or_default();
    let asked = function.layers.iter().map(|arn| {
        let aws = aws.clone();
        async move { Setting { group: "layers", name: layer_in(arn), value: standing(aws, account, arn).await } }
    });
    join_all(asked).await
}

async fn standing(aws: Aws, account: &str, arn: &Text) -> SettingValue {
    match LayerUse::read(arn) {
        Some(used) if used.account == account => own(&aws, arn, &used).await,
        Some(used) => foreign(layer_content(aws, arn.clone()).await.map(|content| content.version), &used),
        None => SettingValue::Text(arn.clone()),
    }
}

async fn own(aws: &Aws, arn: &Text, used: &LayerUse) -> SettingValue {
    let newest = match newest_versions(aws, &used.name).await {
        Ok(newest) => newest,
        Err(problem) => return unknown(&problem),
    };
    let newer = newest.iter().filter(|version| version.version > used.version).count();
    let listed = newest.iter().any(|version| version.version == used.version);
    // Older than the first page: whether it is still there must be asked for.
    let there = listed || (newest.len() >= 50 && layer_content(aws.clone(), arn.clone()).await.is_ok());
    match newest.first() {
        _ if !there => SettingValue::Error(Text::known("deleted; the function keeps a copy")),
        Some(first) if newer > 0 => {
            let many = if newer >= 50 { "50 or more" } else { &*newer.to_string() };
            SettingValue::Look(Text::line(format!("{many} behind; {} is the newest", first.version)))
        }
        _ => SettingValue::Text(Text::known("the newest")),
    }
}

fn foreign(answer: Result<LayerVersion, Problem>, used: &LayerUse) -> SettingValue {
    let account = &used.account;
    match answer {
        Ok(version) => {
            let what =
                if version.description.is_empty() { String::new() } else { format!("; {}", version.description) };
            SettingValue::Text(Text::line(format!("of account {account}{what}")))
        }
        Err(problem) if problem.kind == Kind::Denied => {
            SettingValue::Look(Text::line(format!("of account {account}, which does not let you read it")))
        }
        Err(problem) if problem.kind == Kind::Missing => {
            SettingValue::Error(Text::line(format!("of account {account}, deleted there; the function keeps a copy")))
        }
        Err(problem) => unknown(&problem),
    }
}

fn unknown(problem: &Problem) -> SettingValue {
    SettingValue::Look(Text::line(format!("not known: {}", problem.brief())))
}

#[cfg(test)]
mod tests {
    use super::super::far_end::{FarEnd, Reply};
    use super::*;

    async fn told(arn: &str, replies: Vec<Reply>) -> SettingValue {
        standing(FarEnd::of(replies).aws().await, "1", &Text::line(arn)).await
    }

    #[tokio::test]
    async fn newest_behind_deleted_and_foreign_are_told_apart() {
        let list = || Reply::json(r#"{"LayerVersions":[{"Version":14},{"Version":13},{"Version":9}]}"#);
        let own = |version: u32| format!("arn:aws:lambda:r:1:layer:a:{version}");
        assert_eq!(told(&own(14), vec![list()]).await, SettingValue::Text("the newest".into()));
        assert_eq!(told(&own(9), vec![list()]).await, SettingValue::Look("2 behind; 14 is the newest".into()));
        assert!(matches!(told(&own(12), vec![list()]).await, SettingValue::Error(_)));
        assert!(matches!(told(&own(1), vec![Reply::json(r#"{"LayerVersions":[]}"#)]).await, SettingValue::Error(_)));
        let denied = Reply::error(403, "AccessDeniedException", "no");
        assert!(matches!(told(&own(1), vec![denied.clone()]).await, SettingValue::Look(_)));
        let others = "arn:aws:lambda:r:2:layer:a:3";
        let read = Reply::json(r#"{"Version":3,"Description":"pandas"}"#);
        assert_eq!(told(others, vec![read]).await, SettingValue::Text("of account 2; pandas".into()));
        let shut = SettingValue::Look("of account 2, which does not let you read it".into());
        assert_eq!(told(others, vec![denied]).await, shut);
        let gone = Reply::error(404, "ResourceNotFoundException", "gone");
        assert!(matches!(told(others, vec![gone]).await, SettingValue::Error(_)));
        assert_eq!(told("x", vec![list()]).await, SettingValue::Text("x".into()));
    }
}
