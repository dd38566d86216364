package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every vendor is there as soon as its key is, and gets requests in its own format. */
class VendorsTest {
  @TempDir static Path folder;
  @TempDir Path own;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    RunningGateway.Plan plan = RunningGateway.in(folder).providersAt(provider.url());
    for (String vendor :
        new String[] {
          "mistral", "groq", "openrouter", "xai", "together", "fireworks", "cohere", "qwen"
        }) {
      String name = vendor.toUpperCase(Locale.ROOT);
      plan.with(name + "_API_KEY", "key-of-" + vendor).with(name + "_BASE_URL", base(vendor));
    }
    gateway =
        plan.with("AZURE_OPENAI_API_KEY", "key-of-azure")
            .with("AZURE_OPENAI_ENDPOINT", provider.url() + "/azure")
            .settings("providers: {xai: {quirks: [no-stop]}}\n")
            .start();
    caller = new Caller(gateway.url());
  }

  private static String base(String vendor) {
    return provider.url() + "/" + vendor + "/v1";
  }

  @AfterAll
  static void stop() {
    caller.close();
    gateway.close();
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mistral", "groq", "openrouter", "xai", "together", "fireworks", "cohere", "qwen"})
  void aKeyIsAllThatAVendorNeeds(String vendor) {
    for (boolean stream : new boolean[] {false, true}) {
      String model = vendor + (stream ? "-streamed" : "-whole") + "--text";
      Caller.Reply reply = caller.call(vendor + "/" + model, stream);
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(stream ? reply.streamed() : reply.content()).isEqualTo(ClientSettings.HELLO);
      Received received = provider.received(model).getFirst();
      assertThat(received.path()).isEqualTo("/" + vendor + "/v1/chat/completions");
      assertThat(received.headers()).containsEntry("authorization", "Bearer key-of-" + vendor);
    }
  }

  @Test
  void azureTakesItsKeyInItsOwnHeaderAtTheV1Path() {
    assertThat(caller.chat("azure/azure--text").status()).isEqualTo(200);
    Received received = provider.received("azure--text").getFirst();
    assertThat(received.path()).isEqualTo("/azure/openai/v1/chat/completions");
    assertThat(received.headers()).containsEntry("api-key", "key-of-azure");
    assertThat(received.headers()).doesNotContainKey("authorization");
  }

  @Test
  void azuresDatedFormNamesDeploymentAndVersion() {
    try (RunningGateway dated =
            RunningGateway.in(own)
                .with("AZURE_OPENAI_API_KEY", "key-of-dated")
                .with("AZURE_OPENAI_ENDPOINT", provider.url() + "/dated")
                .with("OPENAI_API_VERSION", "2024-10-21")
                .start();
        Caller one = new Caller(dated.url())) {
      assertThat(one.chat("azure/dated--text").status()).isEqualTo(200);
      assertThat(provider.received("dated--text").getFirst().path())
          .isEqualTo(
              "/dated/openai/deployments/dated--text/chat/completions?api-version=2024-10-21");
    }
  }

  @Test
  void whatAVendorRefusesIsLeftOutAndTold() {
    Caller.Reply reply =
        caller.post(
            "{\"model\":\"mistral/strict--text\",\"seed\":7,\"user\":\"u\","
                + "\"max_completion_tokens\":9,\"messages\":[{\"role\":\"developer\","
                + "\"name\":\"n\",\"content\":\"hi\"}]}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-dropped").split(", "))
        .containsExactlyInAnyOrder("user", "messages.name");
    JsonNode sent = provider.received("strict--text").getFirst().json();
    assertThat(sent.toString())
        .isEqualTo(
            "{\"model\":\"strict--text\",\"random_seed\":7,\"max_tokens\":9,"
                + "\"messages\":[{\"role\":\"system\",\"content\":\"hi\"}]}");
  }

  @Test
  void quirksOfTheSettingsAreAddedToThoseOfTheVendorsFile() {
    Caller.Reply reply =
        caller.post(
            "{\"model\":\"xai/stop--text\",\"stop\":\"x\","
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    assertThat(reply.header("x-serai-dropped")).isEqualTo("stop");
  }
}
