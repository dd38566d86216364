package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web pages of other sites cannot use a gateway on the loopback through a user's browser. */
class EdgeBrowserTest {
  private static final String FOREIGN = "Origin: https://evil.example\r\n";
  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge = EdgeUnderTest.small().route("/chat", "", says("chat")).start();
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8000", "127.0.0.1.evil.example", "1.evil"})
  void aNameThatAWebSiteCanOwnIsRefused(String host) throws Exception {
    assertThat(status("Host: " + host + "\r\nContent-Type: application/json\r\n")).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8000",
        "127.0.0.1:8000",
        "[::1]:8000",
        "192.168.1.7",
        "gateway",
        "a.localhost",
        "host.docker.internal:8000",
        "SERAI.example:80"
      })
  void addressesLocalNamesAndThoseOfTheSettingsAreServed(String host) throws Exception {
    assertThat(status("Host: " + host + "\r\n")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.evil.example", "http://127.0.0.1.evil:80", "http://localhost.evil"})
  void aForeignSiteWhoseNameBeginsLikeTheLoopbackIsForeign(String origin) throws Exception {
    assertThat(status("Host: localhost\r\nContent-Type: text/plain\r\nOrigin: " + origin + "\r\n"))
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/plain",
        "Content-Type: Text/Plain;charset=UTF-8",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: multipart/form-data; boundary=b",
        "X-Nothing: 1"
      })
  void aForeignPageCannotPostWithoutAsking(String type) throws Exception {
    assertThat(status("Host: localhost\r\n" + FOREIGN + type + "\r\n")).isEqualTo(403);
    assertThat(status("Host: localhost\r\nOrigin: null\r\n" + type + "\r\n")).isEqualTo(403);
    assertThat(status("Host: localhost\r\n" + type + "\r\n")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example\r\nContent-Type: application/json",
        "Origin: https://evil.example\r\nContent-Type: text/plain\r\nAuthorization: Bearer k",
        "Origin: http://localhost:3000\r\nContent-Type: text/plain",
        "Origin: http://here:8000\r\nContent-Type: text/plain"
      })
  void whatABrowserAsksForFirstAndOurOwnPagesAreServed(String fields) throws Exception {
    assertThat(status("Host: here:8000\r\n" + fields + "\r\n")).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example/chat, 127.0.0.1, 403",
    "https://evil.example:80/chat, localhost, 403",
    "http://127.0.0.1/chat, evil.example, 403",
    "http://a@127.0.0.1/chat, localhost, 400",
    "http://serai.example/chat, localhost, 200",
    "http://127.0.0.1:8000/chat, 127.0.0.1, 200",
  })
  void theHostOfATargetInAbsoluteFormIsCheckedAsTheHostFieldIs(
      String target, String host, int status) throws Exception {
    assertThat(statusOf(target, "Host: " + host + "\r\n")).isEqualTo(status);
  }

  private int status(String fields) throws Exception {
    return statusOf("/chat", fields);
  }

  private int statusOf(String target, String fields) throws Exception {
    try (RawClient client = edge.connect()) {
      return client
          .send("POST " + target + " HTTP/1.1\r\n" + fields + "Content-Length: 2\r\n\r\n{}")
          .read()
          .status();
    }
  }
}
