package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection to a provider that is reset when the provider has the request. */
class ReusedConnectionTest {
  @TempDir Path folder;

  @Test
  void aChatIsSentAgainAsASecondAttemptWithARowOfItsOwn() throws Exception {
    try (Resetting provider = new Resetting(2);
        RunningGateway gateway =
            RunningGateway.in(folder).providersAt(provider.url()).onASlowTicker().start();
        Caller caller = new Caller(gateway.url())) {
      Caller.Reply first = caller.chat("openai/m");
      assertThat(first.status()).as(first.body()).isEqualTo(200);

      Caller.Reply second = caller.chat("openai/m");
      assertThat(second.status()).as(second.body()).isEqualTo(200);
      assertThat(second.header("x-serai-attempts")).isEqualTo("2");
      assertThat(provider.received).containsExactly("1 of 1", "2 of 1", "1 of 2");
      JsonNode rows =
          caller.get("/v1/usage/" + second.header("x-request-id")).json().path("attempts");
      assertThat(rows).hasSize(2);
      assertThat(rows.at("/0/cause").asText()).as(rows.toString()).isEqualTo("connection_closed");
      assertThat(rows.at("/1/outcome").asText()).isEqualTo("answered");
    }
  }

  @Test
  void aBatchThatMayHaveBeenCreatedIsNotSentAgain() throws Exception {
    try (Resetting provider = new Resetting(2);
        RunningGateway gateway = RunningGateway.in(folder).providersAt(provider.url()).start();
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.chat("openai/m").status()).isEqualTo(200);

      Caller.Reply batch = caller.post("/v1/batches", "{\"input_file_id\":\"f\"}");
      assertThat(batch.status()).as(batch.body()).isEqualTo(502);
      assertThat(provider.received).containsExactly("1 of 1", "2 of 1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions,'{\"model\": \"openai/m\", \"messages\": [{\"role\": \"user\","
        + " \"content\": \"x\"}]}'",
    "/v1/chat/completions,'{\"model\": \"openai/m\", \"stream\": true, \"messages\": [{\"role\":"
        + " \"user\", \"content\": \"x\"}]}'",
    "/v1/messages,'{\"model\": \"openai/m\", \"max_tokens\": 9, \"messages\": [{\"role\": \"user\","
        + " \"content\": \"x\"}]}'",
    "/v1/embeddings,'{\"model\": \"openai/m\", \"input\": \"x\"}'",
    "/v1/responses,'{\"model\": \"openai/m\", \"input\": \"x\", \"stream\": true}'",
    "/v1/completions,'{\"model\": \"openai/m\", \"prompt\": \"x\"}'",
    "/v1beta/models/openai%2Fm:generateContent,'{\"contents\": [{\"role\": \"user\", \"parts\":"
        + " [{\"text\": \"x\"}]}]}'",
    "/api/chat,'{\"model\": \"openai/m\", \"messages\": [{\"role\": \"user\", \"content\":"
        + " \"x\"}]}'",
    "/v1/images/generations,'{\"model\": \"openai/m\", \"prompt\": \"x\"}'",
    "/v1/audio/speech,'{\"model\": \"openai/m\", \"input\": \"x\", \"voice\": \"alloy\"}'",
    "/v1/moderations,'{\"model\": \"openai/m\", \"input\": \"x\"}'",
    "/v1/ask,'{\"model\": \"openai/m\", \"prompt\": \"x\"}'",
    "/v1/chat/completions,'{\"model\": \"bedrock/amazon.nova-lite-v1:0\", \"messages\": [{\"role\":"
        + " \"user\", \"content\": \"x\"}]}'",
    "/v1/chat/completions,'{\"model\": \"gemini/m\", \"messages\": [{\"role\": \"user\","
        + " \"content\": \"x\"}]}'",
    "/v1/chat/completions,'{\"model\": \"ollama/m\", \"messages\": [{\"role\": \"user\","
        + " \"content\": \"x\"}]}'",
    "/v1/messages,'{\"model\": \"anthropic/m\", \"max_tokens\": 9, \"stream\": true,"
        + " \"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}'"
  })
  void aRequestThatANewConnectionLostIsNotSentToTheSameProviderAgain(String path, String body)
      throws Exception {
    try (Resetting provider = new Resetting(1);
        RunningGateway gateway = RunningGateway.in(folder).providersAt(provider.url()).start();
        Caller caller = new Caller(gateway.url())) {
      Caller.Reply reply = caller.post(path, body);
      assertThat(reply.status()).as(reply.body()).isEqualTo(502);
      assertThat(reply.body()).contains("it may have processed the request");
      assertThat(provider.received).containsExactly("1 of 1");
      JsonNode rows =
          caller.get("/v1/usage/" + reply.header("x-request-id")).json().path("attempts");
      assertThat(rows).hasSize(1);
      assertThat(rows.at("/0/cause").asText()).as(rows.toString()).isEqualTo("no_response");
    }
  }

  @Test
  void anotherProviderServesARequestThatTheFirstOneLost() throws Exception {
    try (Resetting first = new Resetting(1);
        Resetting second = new Resetting(0);
        RunningGateway gateway =
            RunningGateway.in(folder)
                .providersAt(first.url())
                .with("MISTRAL_API_KEY", "k")
                .with("MISTRAL_BASE_URL", second.url() + "/v1")
                .settings("models: {fast: {targets: [openai/m], fallbacks: [mistral/m]}}")
                .start();
        Caller caller = new Caller(gateway.url())) {
      Caller.Reply reply = caller.chat("fast");
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(reply.header("x-serai-attempts")).isEqualTo("2");
      assertThat(first.received).containsExactly("1 of 1");
      assertThat(second.received).containsExactly("1 of 1");
    }
  }

  @Test
  void theClientLearnsThatAProviderMayHaveProcessedTheRequestAlsoIfTheNextIsNotReached()
      throws Exception {
    try (Resetting first = new Resetting(1);
        RunningGateway gateway =
            RunningGateway.in(folder)
                .providersAt(first.url())
                .with("MISTRAL_API_KEY", "k")
                .with("MISTRAL_BASE_URL", "http://127.0.0.1:1/v1")
                .settings("models: {fast: {targets: [openai/m], fallbacks: [mistral/m]}}")
                .start();
        Caller caller = new Caller(gateway.url())) {
      Caller.Reply reply = caller.chat("fast");
      assertThat(reply.status()).as(reply.body()).isEqualTo(502);
      assertThat(reply.body()).contains("'openai'", "it may have processed the request");
      JsonNode rows =
          caller.get("/v1/usage/" + reply.header("x-request-id")).json().path("attempts");
      assertThat(rows.at("/0/cause").asText()).as(rows.toString()).isEqualTo("no_response");
      assertThat(rows.at("/1/cause").asText()).isEqualTo("unreachable");
      assertThat(first.received).containsExactly("1 of 1");
    }
  }

  /** Resets the first connection when it has a request; serves all others. */
  private static final class Resetting implements AutoCloseable {
    private static final String REPLY =
        "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
            + "[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\","
            + "\"content\":\"Hello\"}}],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";

    /** Which request of which connection. */
    final List<String> received = new CopyOnWriteArrayList<>();

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int reset;

    /**
     * @param reset which request of the first connection; 0 for none
     */
    Resetting(int reset) throws IOException {
      this.reset = reset;
      Thread.ofVirtual().start(this::accept);
    }

    String url() {
      return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
      for (int i = 1; !server.isClosed(); i++) {
        int connection = i;
        try {
          Socket client = server.accept();
          Thread.ofVirtual().start(() -> serve(client, connection));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void serve(Socket socket, int connection) {
      try (Socket client = socket) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        for (int i = 1; isRequest(in); i++) {
          received.add(i + " of " + connection);
          if (connection == 1 && i == reset) {
            client.setSoLinger(true, 0);
            return;
          }
          String head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ";
          client
              .getOutputStream()
              .write((head + REPLY.length() + "\r\n\r\n" + REPLY).getBytes(UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Reads a whole request; false at the end of the connection. */
    private static boolean isRequest(BufferedReader in) throws IOException {
      int length = 0;
      String line = in.readLine();
      if (line == null) {
        return false;
      }
      for (; line != null && !line.isEmpty(); line = in.readLine()) {
        String lower = line.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(lower.substring(15).strip());
        }
      }
      for (int i = 0; i < length; i++) {
        in.read();
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
