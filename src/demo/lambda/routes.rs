//! The table of Lambda's operations: method, path, name, and who answers.

use super::super::account::Account;
use super::super::answer::{Refusal, Reply};
use super::super::request::Asked;
use super::{
    access, aliases, concurrency, configure, functions, invoke, layer_changes, layers, mapping_changes, mappings,
    stream, versions,
};

/// Carries an operation out; the last argument is the request id.
type Answerer = fn(&mut Account, &Asked, &str) -> Result<Reply, Refusal>;

/// One operation.
#[derive(Debug)]
pub(in super::super) struct Route {
    method: &'static str,
    /// `{}` stands for any one segment.
    path: &'static str,
    /// A query parameter that tells two operations on one path apart.
    query: Option<&'static str>,
    pub operation: &'static str,
    pub answer: Answerer,
}

const fn get(path: &'static str, operation: &'static str, answer: Answerer) -> Route {
    Route { method: "GET", path, query: None, operation, answer }
}

const fn post(path: &'static str, operation: &'static str, answer: Answerer) -> Route {
    Route { method: "POST", ..get(path, operation, answer) }
}

const fn put(path: &'static str, operation: &'static str, answer: Answerer) -> Route {
    Route { method: "PUT", ..get(path, operation, answer) }
}

const fn delete(path: &'static str, operation: &'static str, answer: Answerer) -> Route {
    Route { method: "DELETE", ..get(path, operation, answer) }
}

/// Every operation that is answered; an address that is not here is an unknown operation.
static ROUTES: &[Route] = &[
    get("/2015-03-31/functions", "ListFunctions", functions::list),
    get("/2015-03-31/functions/{}", "GetFunction", functions::get),
    get("/2015-03-31/functions/{}/configuration", "GetFunctionConfiguration", functions::get_configuration),
    get("/2016-08-19/account-settings", "GetAccountSettings", functions::account_settings),
    get("/2017-03-31/tags/{}", "ListTags", functions::tags),
    get("/2015-03-31/functions/{}/versions", "ListVersionsByFunction", versions::list),
    post("/2015-03-31/functions/{}/versions", "PublishVersion", versions::publish),
    delete("/2015-03-31/functions/{}", "DeleteFunction", versions::delete),
    get(ALIASES, "ListAliases", aliases::list),
    post(ALIASES, "CreateAlias", aliases::create),
    get(ALIAS, "GetAlias", aliases::get),
    put(ALIAS, "UpdateAlias", aliases::update),
    delete(ALIAS, "DeleteAlias", aliases::delete),
    Route { query: Some("find"), ..get("/2018-10-31/layers", "GetLayerVersionByArn", layers::get_version_by_arn) },
    get("/2018-10-31/layers", "ListLayers", layers::list),
    get("/2018-10-31/layers/{}/versions", "ListLayerVersions", layers::list_versions),
    get(LAYER_VERSION, "GetLayerVersion", layers::get_version),
    get(LAYER_POLICY, "GetLayerVersionPolicy", layers::policy),
    post("/2018-10-31/layers/{}/versions", "PublishLayerVersion", layer_changes::publish),
    delete(LAYER_VERSION, "DeleteLayerVersion", layer_changes::delete_version),
    post(LAYER_POLICY, "AddLayerVersionPermission", layer_changes::add_permission),
    delete(
        "/2018-10-31/layers/{}/versions/{}/policy/{}",
        "RemoveLayerVersionPermission",
        layer_changes::remove_permission,
    ),
    get("/2015-03-31/event-source-mappings", "ListEventSourceMappings", mappings::list),
    get("/2015-03-31/event-source-mappings/{}", "GetEventSourceMapping", mappings::get),
    Route { method: "POST", ..get(MAPPINGS, "CreateEventSourceMapping", mapping_changes::create) },
    Route { method: "PUT", ..get(MAPPING, "UpdateEventSourceMapping", mapping_changes::update) },
    Route { method: "DELETE", ..get(MAPPING, "DeleteEventSourceMapping", mapping_changes::delete) },
    get("/2019-09-30/functions/{}/concurrency", "GetFunctionConcurrency", concurrency::get_reserved),
    put(RESERVED, "PutFunctionConcurrency", concurrency::put_reserved),
    delete(RESERVED, "DeleteFunctionConcurrency", concurrency::delete_reserved),
    Route {
        query: Some("List"),
        ..get(PROVISIONED, "ListProvisionedConcurrencyConfigs", concurrency::list_provisioned)
    },
    get(PROVISIONED, "GetProvisionedConcurrencyConfig", concurrency::get_provisioned),
    put(PROVISIONED, "PutProvisionedConcurrencyConfig", concurrency::put_provisioned),
    delete(PROVISIONED, "DeleteProvisionedConcurrencyConfig", concurrency::delete_provisioned),
    get("/2015-03-31/functions/{}/policy", "GetPolicy", access::policy),
    get("/2021-10-31/functions/{}/url", "GetFunctionUrlConfig", access::url),
    get("/2021-10-31/functions/{}/urls", "ListFunctionUrlConfigs", access::list_urls),
    get("/2019-09-25/functions/{}/event-invoke-config", "GetFunctionEventInvokeConfig", access::event_invoke),
    post("/2015-03-31/functions/{}/invocations", "Invoke", invoke::invoke),
    post("/2021-11-15/functions/{}/response-streaming-invocations", "InvokeWithResponseStream", stream::invoke),
    put("/2015-03-31/functions/{}/configuration", "UpdateFunctionConfiguration", configure::update),
];

const LAYER_VERSION: &str = "/2018-10-31/layers/{}/versions/{}";
const LAYER_POLICY: &str = "/2018-10-31/layers/{}/versions/{}/policy";
const ALIASES: &str = "/2015-03-31/functions/{}/aliases";
const ALIAS: &str = "/2015-03-31/functions/{}/aliases/{}";
const MAPPINGS: &str = "/2015-03-31/event-source-mappings";

const MAPPING: &str = "/2015-03-31/event-source-mappings/{}";

const RESERVED: &str = "/2017-10-31/functions/{}/concurrency";
const PROVISIONED: &str = "/2019-09-30/functions/{}/provisioned-concurrency";

/// The operation at an address, and what stands in its open places, decoded.
pub(in super::super) fn find(
    method: &str,
    path: &str,
    query: &[(String, String)],
) -> Option<(&'static Route, Vec<String>)> {
    ROUTES
        .iter()
        .filter(|route| route.method == method)
        .filter(|route| route.query.is_none_or(|name| query.iter().any(|(key, _)| key == name)))
        .find_map(|route| Some((route, places(route.path, path)?)))
}

fn places(pattern: &str, path: &str) -> Option<Vec<String>> {
    // botocore asks for `/2015-03-31/functions/`, the Rust SDK for `/2015-03-31/functions`.
    let path = path.trim_end_matches('/');
    if pattern.split('/').count() != path.split('/').count() {
        return None;
    }
    let mut open = Vec::new();
    for (expected, found) in pattern.split('/').zip(path.split('/')) {
        if expected == "{}" {
            open.push(percent_encoding::percent_decode_str(found).decode_utf8_lossy().into_owned());
        } else if expected != found {
            return None;
        }
    }
    Some(open)
}
