//! The profiles in the AWS configuration files.

use aws_config::profile::ProfileSet;
use aws_types::os_shim_internal::{Env, Fs};

use super::problem::{Kind, Problem};
use super::text::Text;

/// The names of all profiles, in order of the alphabet; none if there are no files.
///
/// # Errors
/// When the files cannot be read.
pub async fn profiles() -> Result<Vec<String>, Problem> {
    Ok(names(&files().await?))
}

async fn files() -> Result<ProfileSet, Problem> {
    let files = aws_config::profile::load(&Fs::real(), &Env::real(), &Default::default(), None).await;
    files.map_err(|error| {
        let mut cause: &dyn std::error::Error = &error;
        while let Some(inner) = cause.source() {
            cause = inner;
        }
        Problem::new(
            Kind::NoCredentials,
            Text::known("read the AWS configuration files"),
            cause.to_string().split_whitespace().collect::<Vec<_>>().join(" "),
            Text::known("Correct ~/.aws/config or ~/.aws/credentials, or point AWS_CONFIG_FILE at another file."),
        )
    })
}

/// The profile the environment names.
pub(super) fn from_environment() -> Option<String> {
    variable("AWS_PROFILE")
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn names(files: &ProfileSet) -> Vec<String> {
    let mut names: Vec<String> = files.profiles().map(str::to_owned).collect();
    names.sort_unstable();
    names
}

/// The configuration files, and the profile chosen among them.
pub(super) struct Profiles {
    files: ProfileSet,
    chosen: String,
}

impl Profiles {
    /// Reads the files and checks that a profile that was named exists.
    pub async fn load(named: Option<&str>) -> Result<Self, Problem> {
        let files = files().await?;
        Self::choose(files, named.map(str::to_owned).or_else(from_environment))
    }

    fn choose(files: ProfileSet, named: Option<String>) -> Result<Self, Problem> {
        if let Some(name) = &named
            && files.get_profile(name).is_none()
        {
            return Err(unknown(name, &names(&files)));
        }
        Ok(Self { files, chosen: named.unwrap_or_else(|| "default".to_owned()) })
    }

    /// The chosen profile, or one of those its role is assumed from, names an MFA device: the SDK does
    /// not ask for its code.
    pub fn wants_mfa(&self) -> bool {
        // No chain of profiles is longer than all of them together; one that goes in a circle ends too.
        let all = self.files.profiles().count();
        let next = |profile: &&aws_config::profile::Profile| self.files.get_profile(profile.get("source_profile")?);
        let mut chain = std::iter::successors(self.files.get_profile(&self.chosen), next).take(all);
        chain.any(|profile| profile.get("role_arn").is_some() && profile.get("mfa_serial").is_some())
    }

    /// The region of the environment, else of the profile.
    pub fn region(&self) -> Option<String> {
        let of_profile = || self.files.get_profile(&self.chosen)?.get("region").map(str::to_owned);
        variable("AWS_REGION")
            .or_else(|| variable("AWS_DEFAULT_REGION"))
            .or_else(of_profile)
            .filter(|name| !name.is_empty())
    }
}

fn unknown(name: &str, known: &[String]) -> Problem {
    const SHOWN: usize = 12;
    let hint = match known {
        [] => "There are no profiles yet: `aws configure` or `aws configure sso` makes one.".to_owned(),
        known if known.len() <= SHOWN => format!("Known profiles: {}.", known.join(", ")),
        known => {
            let first: Vec<&str> = known.iter().take(SHOWN).map(String::as_str).collect();
            format!("Known profiles: {} and {} more.", first.join(", "), known.len() - SHOWN)
        }
    };
    Problem::new(Kind::NoCredentials, Text::known("connect"), format!("there is no profile \"{name}\""), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn chosen(name: &str, config: &str) -> Profiles {
        let (fs, env) = (Fs::from_slice(&[("config", config)]), Env::from_slice(&[("AWS_CONFIG_FILE", "config")]));
        let files = aws_config::profile::load(&fs, &env, &Default::default(), None).await.unwrap();
        Profiles::choose(files, Some(name.to_owned())).unwrap()
    }

    #[tokio::test]
    async fn a_profile_that_wants_an_mfa_code_is_known_by_its_chain() {
        let config = "[default]\nregion = eu-west-1\n[profile base]\nrole_arn = a\nmfa_serial = b\nsource_profile = default\n\
                      [profile top]\nrole_arn = c\nsource_profile = base\n[profile loop]\nrole_arn = d\nsource_profile = loop\n\
                      [profile plain]\nmfa_serial = b\n";
        for (name, wants) in [("default", false), ("base", true), ("top", true), ("loop", false), ("plain", false)] {
            assert_eq!(chosen(name, config).await.wants_mfa(), wants, "{name}");
        }
    }

    #[test]
    fn an_unknown_profile_is_answered_with_the_known_ones() {
        let problem = unknown("prdo", &["dev".to_owned(), "prod".to_owned()]);
        assert_eq!(problem.sentence(), "Could not connect: there is no profile \"prdo\". Known profiles: dev, prod.");
        let many: Vec<String> = (0..20).map(|n| format!("p{n}")).collect();
        assert!(unknown("x", &many).hint.ends_with("and 8 more."));
        assert!(unknown("x", &[]).hint.contains("aws configure"));
    }
}
