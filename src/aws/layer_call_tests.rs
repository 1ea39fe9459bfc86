use super::super::call::Call;
use super::super::far_end::{FarEnd, Reply};
use super::*;

const LAYER: &str = "arn:aws:lambda:eu-west-1:123456789012:layer:common";
const POLICY: &str =
    r#"{"RevisionId":"r2","Policy":"{\"Statement\":[{\"Sid\":\"b\",\"Effect\":\"Allow\",\"Principal\":\"*\"}]}"}"#;

fn none() -> Reply {
    Reply::error(404, "ResourceNotFoundException", "No policy is associated with the given resource.")
}

fn share(grantee: Grantee, revision: Option<&'static str>) -> LayerCall {
    let seen = LayerPolicy { statements: Vec::new(), revision_id: revision.map(Text::known) };
    LayerCall::Share { layer: LAYER.into(), version: 2, sid: "a".into(), grantee, seen }
}

async fn perform(call: LayerCall, far_end: &FarEnd) -> Result<Done, Problem> {
    Call::Layer(call).perform(far_end.aws().await).await
}

fn publish(package: Package) -> LayerCall {
    LayerCall::Publish {
        layer: "common".into(),
        newest: None,
        package,
        description: "it's new".to_owned(),
        runtimes: vec!["python3.13".to_owned(), "python3.14".to_owned()],
        architectures: vec!["arm64".to_owned()],
        license: String::new(),
    }
}

fn zip() -> Package {
    Package::File(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/two.zip").to_owned())
}

#[test]
fn calls_print_as_sentences_and_as_commands() {
    let open = share(Grantee::Organization("o-t194hfs8cz".into()), Some("r1"));
    assert_eq!(
        open.to_string(),
        "AddLayerVersionPermission common:2: a, all accounts of organisation o-t194hfs8cz may use it"
    );
    assert_eq!(
        open.command(),
        format!(
            "aws lambda add-layer-version-permission --layer-name {LAYER} --version-number 2 --statement-id a \
             --action lambda:GetLayerVersion --principal '*' --organization-id o-t194hfs8cz --revision-id r1"
        )
    );
    let delete = LayerCall::Delete { layer: LAYER.into(), version: 2 };
    assert_eq!(delete.to_string(), "DeleteLayerVersion common:2");
    assert_eq!(delete.command(), format!("aws lambda delete-layer-version --layer-name {LAYER} --version-number 2"));
    assert_eq!(
        publish(Package::File("a b.zip".to_owned())).command(),
        "aws lambda publish-layer-version --layer-name common --zip-file 'fileb://a b.zip' --description 'it'\\''s new' \
         --compatible-runtimes python3.13 python3.14 --compatible-architectures arm64"
    );
}

#[tokio::test]
async fn the_revision_that_was_seen_goes_along() {
    let far_end = FarEnd::of([Reply::json(r#"{"RevisionId":"r2"}"#)]);
    let done = perform(share(Grantee::Account("111122223333".into()), Some("r1")), &far_end).await.unwrap();
    assert_eq!(done.revision_id.as_deref(), Some("r2"));
    let journal = far_end.journal();
    assert!(journal.len() == 1 && journal[0].contains("RevisionId=r1"), "{journal:?}");
    assert!(journal[0].contains(r#""Principal":"111122223333""#), "{journal:?}");
}

#[tokio::test]
async fn where_there_was_no_policy_one_that_came_since_stops_it() {
    let far_end = FarEnd::of([Reply::json(POLICY)]);
    let problem = perform(share(Grantee::Everyone, None), &far_end).await.unwrap_err();
    assert_eq!(problem.kind, Kind::Conflict);
    assert!(problem.said.contains("b came (every AWS account)") && problem.said.contains("nothing was sent"));
    assert_eq!(far_end.journal().len(), 1);
    let far_end = FarEnd::of([none(), Reply::json("{}")]);
    perform(share(Grantee::Everyone, None), &far_end).await.unwrap();
    assert!(far_end.journal()[1].starts_with("POST "), "{:?}", far_end.journal());
}

#[tokio::test]
async fn a_conflict_says_what_is_different_now() {
    let far_end = FarEnd::of([Reply::error(412, "PreconditionFailedException", "revision"), Reply::json(POLICY)]);
    let seen = LayerPolicy { statements: Vec::new(), revision_id: Some("r1".into()) };
    let call = LayerCall::Unshare { layer: LAYER.into(), version: 2, sid: "a".into(), seen };
    let problem = perform(call, &far_end).await.unwrap_err();
    assert_eq!(problem.kind, Kind::Conflict);
    assert!(problem.said.contains("b came (every AWS account)"), "{problem}");
    assert!(problem.said.ends_with("AWS refused it, and nothing was changed"), "it was sent: {problem}");
    let deletes = far_end.journal().iter().filter(|line| line.starts_with("DELETE ")).count();
    assert_eq!(deletes, 1, "{:?}", far_end.journal());
}

#[tokio::test]
async fn what_is_gone_is_not_deleted_once_more() {
    let far_end = FarEnd::of([Reply::error(404, "ResourceNotFoundException", "gone")]);
    let delete = LayerCall::Delete { layer: LAYER.into(), version: 2 };
    let problem = perform(delete.clone(), &far_end).await.unwrap_err();
    assert_eq!((problem.kind, far_end.journal().len()), (Kind::Missing, 1));
    let far_end = FarEnd::of([Reply::json("{}"), Reply::Answer(204, vec![], String::new())]);
    perform(delete.clone(), &far_end).await.unwrap();
    let arn = LAYER.replace(':', "%3A");
    assert!(
        far_end.journal()[1].starts_with("DELETE ") && far_end.journal()[1].contains(&arn),
        "{:?}",
        far_end.journal()
    );
    let far_end = FarEnd::of([Reply::json("{}"), Reply::Reset]);
    assert_eq!(perform(delete, &far_end).await.unwrap_err().kind, Kind::OutcomeUnknown);
}

#[tokio::test]
async fn a_package_is_sent_once_with_what_was_said_of_it() {
    let far_end = FarEnd::of([Reply::json(r#"{"Version":15,"Content":{"CodeSize":204}}"#)]);
    let done = perform(publish(zip()), &far_end).await.unwrap();
    assert_eq!(done.said.as_deref(), Some("version 15 of common, 204 bytes"));
    let journal = far_end.journal();
    assert!(journal.len() == 1 && journal[0].contains(r#""ZipFile":"UEsDB"#), "{journal:?}");
    assert!(journal[0].contains(r#""CompatibleRuntimes":["python3.13","python3.14"]"#), "{journal:?}");
    assert!(!journal[0].contains("LicenseInfo"), "{journal:?}");
    let object = Package::Object { bucket: "b".to_owned(), key: "k".to_owned() };
    perform(publish(object), &far_end).await.unwrap();
    assert!(far_end.journal()[1].contains(r#""Content":{"S3Bucket":"b","S3Key":"k"}"#), "{:?}", far_end.journal());
}

#[tokio::test]
async fn a_read_only_session_changes_no_layer() {
    let calls = [
        share(Grantee::Everyone, Some("r1")),
        LayerCall::Unshare { layer: LAYER.into(), version: 2, sid: "a".into(), seen: LayerPolicy::default() },
        LayerCall::Delete { layer: LAYER.into(), version: 2 },
        publish(zip()),
    ];
    for call in calls {
        let far_end = FarEnd::of([Reply::json("{}")]);
        let problem = Call::Layer(call).perform(far_end.read_only().await).await.unwrap_err();
        let changes = far_end.journal().iter().filter(|line| !line.starts_with("GET ")).count();
        assert_eq!((problem.kind, changes), (Kind::ReadOnly, 0), "{problem}");
    }
}
