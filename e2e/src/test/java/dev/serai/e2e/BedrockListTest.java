package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.BedrockLists;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.signer.Aws4Signer;
import software.amazon.awssdk.auth.signer.params.Aws4SignerParams;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.regions.Region;

/** Bedrock's models are listed by its control plane, which has another address than calls. */
class BedrockListTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
  private static final String SECRET = "secret-of-the-lists";

  @TempDir Path folder;
  private CassetteServer runtime;
  private CassetteServer control;

  @BeforeEach
  void start() {
    runtime = CassetteServer.start();
    control = CassetteServer.start();
  }

  @AfterEach
  void stop() {
    runtime.close();
    control.close();
  }

  private RunningGateway.Plan plan(String keyId) {
    return RunningGateway.in(folder)
        .with("SERAI_MODEL_LISTS", "true")
        .with("OLLAMA_BASE_URL", runtime.url())
        .with("AWS_ACCESS_KEY_ID", keyId)
        .with("AWS_SECRET_ACCESS_KEY", SECRET)
        .with("AWS_REGION", "eu-west-1")
        .with("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", runtime.url())
        .with("AWS_ENDPOINT_URL_BEDROCK", control.url());
  }

  private static JsonNode bedrock(Caller caller) {
    for (JsonNode one : caller.get("/v1/providers").json().path("data")) {
      if (one.path("name").asText().equals("bedrock")) {
        return one;
      }
    }
    throw new AssertionError("no bedrock");
  }

  @Test
  void modelsAndProfilesAreFetchedFromTheControlPlaneAndCanBeCalled() {
    try (RunningGateway gateway = plan("AKIDSERAI").start();
        Caller caller = new Caller(gateway.url())) {
      Until.holds(
          PATIENCE,
          "the list has been fetched",
          () -> !bedrock(caller).path("models_fetched_at").isNull());

      JsonNode known = bedrock(caller);
      assertThat(known.path("models_error").isNull()).isTrue();
      assertThat(known.path("models")).map(JsonNode::asText).containsExactly(BedrockLists.CALLABLE);
      List<String> listed = caller.get("/v1/models").json().path("data").findValuesAsText("id");
      for (String model : BedrockLists.CALLABLE) {
        assertThat(listed).contains("bedrock/" + model);
        assertThat(caller.chat("bedrock/" + model).status()).isEqualTo(200);
      }
      assertThat(caller.chat("us.anthropic.claude--text").header("x-serai-provider"))
          .isEqualTo("bedrock");
      assertThat(control.received())
          .extracting(Received::path)
          .containsExactly(
              "/foundation-models?byOutputModality=TEXT",
              "/inference-profiles?maxResults=250&type=SYSTEM_DEFINED",
              "/inference-profiles?maxResults=250&nextToken=a%2Fb%20%3D&type=SYSTEM_DEFINED",
              "/inference-profiles?maxResults=250&type=APPLICATION");
      assertThat(control.received())
          .allSatisfy(r -> assertThat(r.header("authorization")).contains(signedByAws(r)));
      assertThat(runtime.received())
          .noneMatch(r -> r.path().contains("/foundation-models") || r.path().contains("profiles"));
    }
  }

  /** The signature that AWS's own library makes of the same request at the same time. */
  private static String signedByAws(Received request) {
    SdkHttpFullRequest http =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("http://" + request.header("host").orElseThrow() + request.path()))
            .build();
    String time = request.header("x-amz-date").orElseThrow();
    Clock then =
        Clock.fixed(LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    Aws4SignerParams by =
        Aws4SignerParams.builder()
            .awsCredentials(AwsBasicCredentials.create("AKIDSERAI", SECRET))
            .signingName("bedrock")
            .signingRegion(Region.EU_WEST_1)
            .signingClockOverride(then)
            .build();
    return Aws4Signer.create().sign(http, by).firstMatchingHeader("Authorization").orElseThrow();
  }

  @Test
  void aCallerThatMayNotListMayStillCallAndTheReplySaysSo() {
    try (RunningGateway gateway = plan(BedrockLists.MAY_NOT_LIST).start();
        Caller caller = new Caller(gateway.url())) {
      Until.holds(
          PATIENCE,
          "the refusal has been seen",
          () -> !bedrock(caller).path("models_error").isNull());

      JsonNode known = bedrock(caller);
      assertThat(known.at("/models_error/message").asText())
          .isEqualTo(
              "The provider 'bedrock' replied with status 403 to the request for its models.");
      assertThat(known.at("/models_error/cause").asText()).isEqualTo("forbidden");
      assertThat(known.at("/models_error/at").asText()).contains("T");
      assertThat(known.path("models_fetched_at").isNull()).isTrue();
      assertThat(known.path("state").asText()).isEqualTo("unknown");
      assertThat(caller.chat("bedrock/us.anthropic.claude--text").status()).isEqualTo(200);
      assertThat(bedrock(caller).path("state").asText()).isEqualTo("up");
      gateway.awaitLogged("replied with status 403 to the request for its models");
      assertThat(caller.get("/v1/providers").body() + gateway.log()).doesNotContain(SECRET);
    }
  }
}
