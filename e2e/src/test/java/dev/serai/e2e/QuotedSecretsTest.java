package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.e2e.provider.ScriptedProvider;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that quotes what the gateway sends to it: no caller reads a secret of another. */
class QuotedSecretsTest {
  private static final List<String> SECRETS =
      List.of(
          "canary-key-one-0123456789",
          "canary-key-two-0123456789",
          "CANARYofprovider0123456789",
          "CANARYofalias0123456789");
  private static final String SETTINGS =
      """
      providers:
        own:
          kind: openai-compatible
          base_url: URL/v1
          keys: [canary-key-one-0123456789, canary-key-two-0123456789]
          headers: {x-org-token: CANARYofprovider0123456789}
      models:
        quoting: {targets: [own/small], headers: {x-of-the-alias: Bearer CANARYofalias0123456789}}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCallerReadsNoneOfThem(boolean stream) throws Exception {
    try (ScriptedProvider provider = ScriptedProvider.start();
        RunningGateway gateway =
            RunningGateway.in(folder).settings(SETTINGS.replace("URL", provider.url())).start();
        Caller caller = new Caller(gateway.url())) {
      for (String secret : SECRETS) {
        provider.play(List.of(refused("bad header " + secret)));
        Caller.Reply reply = caller.call("quoting", stream);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/message").asText()).isEqualTo("bad header [removed]");
      }
    }
  }

  private static JsonNode refused(String message) {
    ObjectNode reply = JsonNodeFactory.instance.objectNode().put("status", 400);
    reply.putObject("body").putObject("error").put("message", message);
    return reply;
  }
}
