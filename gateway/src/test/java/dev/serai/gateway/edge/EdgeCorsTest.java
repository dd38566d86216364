package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Credential;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of the origins in the settings call the gateway from a browser; no other pages do. */
class EdgeCorsTest {
  private static final String APP = "Origin: https://app.example\r\n";
  private static final String ASKS =
      "Access-Control-Request-Method: POST\r\n"
          + "Access-Control-Request-Headers: authorization,content-type\r\n"
          + "Access-Control-Request-Headers: x-stainless-os\r\n";

  private EdgeUnderTest edge;

  /** Credentials are needed, and none is known. */
  private static final class NoIdentities implements Authenticator {
    @Override
    public boolean hasCredentials() {
      return true;
    }

    @Override
    public Authentication authenticate(Credential credential) {
      return new Authentication.Unknown();
    }
  }

  @BeforeEach
  void serve() throws Exception {
    edge =
        new EdgeUnderTest(new NoIdentities())
            .route("/chat", "httpMethodRestrict=POST&permission=chat:basic", says("chat"))
            .route(
                "/open",
                "permission=open",
                exchange -> {
                  HeaderFields own =
                      new HeaderFields()
                          .add("access-control-allow-origin", "*")
                          .add("access-control-allow-credentials", "true");
                  exchange.getMessage().setBody(new Reply.Complete(200, own, new byte[0]));
                })
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  private RawClient.Reply send(String method, String path, String fields) throws Exception {
    try (RawClient client = edge.connect()) {
      return client
          .send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n")
          .read();
    }
  }

  @Test
  void aPreflightIsAnsweredWithoutCredentialsForWhatItAsks() throws Exception {
    RawClient.Reply reply = send("OPTIONS", "/chat", APP + ASKS);
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.header("access-control-allow-origin")).hasValue("https://app.example");
    assertThat(reply.header("access-control-allow-methods").orElse("")).contains("POST", "DELETE");
    assertThat(reply.header("access-control-allow-headers"))
        .hasValue("authorization, content-type, x-stainless-os");
    assertThat(reply.header("access-control-max-age")).hasValue("7200");
    assertThat(reply.header("access-control-allow-credentials")).isEmpty();
  }

  @Test
  void aPageCanReadEveryReplyAndEveryFieldAlsoOfARefusal() throws Exception {
    RawClient.Reply refused = send("POST", "/chat", APP + "Content-Length: 0\r\n");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("access-control-allow-origin")).hasValue("https://app.example");
    assertThat(refused.header("access-control-expose-headers")).hasValue("*");
    assertThat(refused.header("vary")).hasValue("origin");
    RawClient.Reply missing = send("GET", "/nothing", APP);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("access-control-allow-origin")).hasValue("https://app.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.evil",
        "http://app.example",
        "https://app.example:8443",
        "https://sub.app.example",
        "null",
        "*"
      })
  void onlyTheExactOriginIsAllowed(String origin) throws Exception {
    RawClient.Reply reply = send("OPTIONS", "/chat", "Origin: " + origin + "\r\n" + ASKS);
    assertThat(reply.header("access-control-allow-origin")).isEmpty();
    assertThat(reply.header("access-control-allow-headers")).isEmpty();
    assertThat(reply.header("vary")).as("a cache must not mix the replies").hasValue("origin");
  }

  @Test
  void aRouteCannotAllowMoreThanTheSettings() throws Exception {
    RawClient.Reply reply = send("GET", "/open", "Origin: https://evil.example\r\n");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("access-control-allow-origin")).isEmpty();
    assertThat(reply.header("access-control-allow-credentials")).isEmpty();
  }

  @Test
  void anAllowedPageMaySendAFormWithoutAnApiKey() throws Exception {
    RawClient.Reply reply =
        send("POST", "/open", APP + "Content-Type: text/plain\r\nContent-Length: 0\r\n");
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void noReplyIsReadAsAnotherMediaType() throws Exception {
    assertThat(send("GET", "/open", "").header("x-content-type-options")).hasValue("nosniff");
    assertThat(send("GET", "/nothing", "").header("x-content-type-options")).hasValue("nosniff");
    assertThat(send("GET", "/open", "").header("strict-transport-security")).isEmpty();
  }
}
