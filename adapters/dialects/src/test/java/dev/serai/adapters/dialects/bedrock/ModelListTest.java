package dev.serai.adapters.dialects.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.dialect.ModelQuery.Outcome;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which models of a region can be conversed with, and by which name. */
class ModelListTest {
  private static final String MODELS =
      """
      {"modelSummaries":[
       {"modelId":"amazon.nova-lite-v1:0","inputModalities":["TEXT","IMAGE"],
        "outputModalities":["TEXT"],"inferenceTypesSupported":["ON_DEMAND"],
        "modelLifecycle":{"status":"ACTIVE"}},
       {"modelId":"anthropic.claude-sonnet-4-5-20250929-v1:0","inputModalities":["TEXT","IMAGE"],
        "outputModalities":["TEXT"],"inferenceTypesSupported":["INFERENCE_PROFILE"],
        "modelLifecycle":{"status":"ACTIVE"}},
       {"modelId":"amazon.nova-lite-v1:0:24k","inputModalities":["TEXT"],
        "outputModalities":["TEXT"],"inferenceTypesSupported":["PROVISIONED"],
        "modelLifecycle":{"status":"ACTIVE"}},
       {"modelId":"amazon.titan-embed-text-v2:0","inputModalities":["TEXT"],
        "outputModalities":["EMBEDDING"],"inferenceTypesSupported":["ON_DEMAND"],
        "modelLifecycle":{"status":"ACTIVE"}},
       {"modelId":"amazon.nova-sonic-v1:0","inputModalities":["SPEECH"],
        "outputModalities":["SPEECH","TEXT"],"inferenceTypesSupported":["ON_DEMAND"],
        "modelLifecycle":{"status":"ACTIVE"}},
       {"modelId":"anthropic.claude-v2","inputModalities":["TEXT"],
        "outputModalities":["TEXT"],"inferenceTypesSupported":["ON_DEMAND"],
        "modelLifecycle":{"status":"LEGACY"}}]}
      """;

  private static Destination target(String key) {
    Optional<String> url = Optional.of("https://bedrock.eu-west-1.amazonaws.com");
    ProviderProfile profile =
        new ProviderProfile(
            "aws", "bedrock", Optional.empty(), Optional.empty(), Set.of(), List.of(), url);
    return new Destination(profile, "", Optional.of(key).filter(k -> !k.isEmpty()));
  }

  private static ModelQuery query() {
    return new BedrockDialect().modelQuery(target("")).orElseThrow();
  }

  private static Outcome read(ModelQuery query, String json) {
    return query.read(json.getBytes(UTF_8));
  }

  private static ModelQuery further(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.NextPage.class);
    return ((Outcome.NextPage) outcome).query();
  }

  private static List<String> known(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Complete.class);
    return ((Outcome.Complete) outcome).names();
  }

  private static String profile(String id, String type, String status, String model) {
    return "{\"inferenceProfileId\":\""
        + id
        + "\",\"inferenceProfileArn\":\"arn:aws:bedrock:eu-west-1:1:x/"
        + id
        + "\",\"type\":\""
        + type
        + "\",\"status\":\""
        + status
        + "\",\"models\":[{\"modelArn\":\"arn:aws:bedrock:eu-west-3::foundation-model/"
        + model
        + "\"}]}";
  }

  private static String page(String token, String... profiles) {
    return "{\"inferenceProfileSummaries\":["
        + String.join(",", profiles)
        + "]"
        + (token.isEmpty() ? "" : ",\"nextToken\":\"" + token + "\"")
        + "}";
  }

  @Test
  void whatSpeaksIsListedByItsIdOrByTheProfilesThatLeadToIt() {
    String sonnet = "anthropic.claude-sonnet-4-5-20250929-v1:0";
    ModelQuery models = query();
    List<String> asked = new ArrayList<>(List.of(models.request().path()));

    ModelQuery own = further(read(models, MODELS));
    asked.add(own.request().path());
    String first =
        page(
            "a/b+c ==",
            profile("eu." + sonnet, "SYSTEM_DEFINED", "ACTIVE", sonnet),
            profile("eu.gone", "SYSTEM_DEFINED", "INACTIVE", sonnet),
            profile("eu.embed", "SYSTEM_DEFINED", "ACTIVE", "cohere.embed-v4:0"));
    ModelQuery second = further(read(own, first));
    asked.add(second.request().path());
    String global = profile("global." + sonnet, "SYSTEM_DEFINED", "ACTIVE", sonnet);
    ModelQuery accounts = further(read(second, page("", global)));
    asked.add(accounts.request().path());
    String mine = profile("abc123", "APPLICATION", "ACTIVE", "amazon.nova-lite-v1:0");

    assertThat(known(read(accounts, page("", mine))))
        .containsExactly(
            "amazon.nova-lite-v1:0",
            "eu." + sonnet,
            "global." + sonnet,
            "arn:aws:bedrock:eu-west-1:1:x/abc123");
    assertThat(asked)
        .containsExactly(
            "/foundation-models?byOutputModality=TEXT",
            "/inference-profiles?maxResults=250&type=SYSTEM_DEFINED",
            "/inference-profiles?maxResults=250&nextToken=a%2Fb%2Bc%20%3D%3D&type=SYSTEM_DEFINED",
            "/inference-profiles?maxResults=250&type=APPLICATION");
  }

  @Test
  void aListWithoutEndIsReadUpToABound() {
    ModelQuery query = further(read(query(), MODELS));
    int pages = 0;
    Outcome outcome = new Outcome.NextPage(query);
    while (outcome instanceof Outcome.NextPage(ModelQuery next)) {
      next.request();
      outcome = read(next, page("token-" + pages));
      pages++;
    }
    assertThat(pages).isEqualTo(40);
    assertThat(known(outcome)).containsExactly("amazon.nova-lite-v1:0");
  }

  @Test
  void aTokenThatComesAgainLeadsNowhere() {
    ModelQuery query = further(read(query(), MODELS));
    ModelQuery again = further(read(query, page("same")));
    ModelQuery accounts = further(read(again, page("same")));
    assertThat(accounts.request().path()).endsWith("type=APPLICATION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"modelSummaries\":{}}", "no json", ""})
  void aReplyWithoutAListIsMalformed(String json) {
    assertThatThrownBy(() -> read(query(), json)).isInstanceOf(ProviderProblem.class);
    ModelQuery profiles = further(read(query(), MODELS));
    assertThatThrownBy(() -> read(profiles, json)).isInstanceOf(ProviderProblem.class);
  }

  @Test
  void aKeyGoesWithEveryQuestion() {
    ModelQuery models = new BedrockDialect().modelQuery(target("bedrock-key")).orElseThrow();
    assertThat(models.request().headers().first("authorization")).contains("Bearer bedrock-key");
    ModelQuery profiles = further(read(models, MODELS));
    assertThat(profiles.request().headers().first("authorization")).contains("Bearer bedrock-key");
    assertThat(query().request().headers().first("authorization")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://bedrock-runtime.eu-west-1.amazonaws.com, https://bedrock.eu-west-1.amazonaws.com",
    "https://bedrock-runtime-fips.us-east-1.amazonaws.com,"
        + " https://bedrock-fips.us-east-1.amazonaws.com",
    "https://bedrock-runtime.eu-west-1.api.aws, https://bedrock.eu-west-1.api.aws",
    "https://bedrock-runtime.cn-north-1.amazonaws.com.cn,"
        + " https://bedrock.cn-north-1.amazonaws.com.cn"
  })
  void theControlPlaneIsBesideTheRuntime(String runtime, String control) {
    assertThat(new BedrockDialect().modelsUrl(runtime)).contains(control);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080",
        "https://llm.example.com/bedrock-runtime.eu-west-1.amazonaws.com",
        "https://vpce-1a2b.bedrock-runtime.eu-west-1.vpce.amazonaws.com"
      })
  void withAnotherAddressNoRegionIsAsked(String url) {
    Dialect bedrock = new BedrockDialect();
    assertThat(bedrock.modelsUrl(url)).isEmpty();
    ProviderProfile profile =
        new ProviderProfile(
            "aws", "bedrock", Optional.of(url), Optional.empty(), Set.of(), List.of());
    assertThat(bedrock.modelQuery(new Destination(profile, "", Optional.empty()))).isEmpty();
  }
}
