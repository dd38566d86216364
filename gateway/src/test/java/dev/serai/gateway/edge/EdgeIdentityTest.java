package dev.serai.gateway.edge;

import static dev.serai.gateway.edge.EdgeUnderTest.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticators;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.KeyHash;
import dev.serai.core.keys.KeyHasher;
import dev.serai.core.keys.KeyTable;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.gateway.edge.RawClient.Reply;
import dev.serai.processors.support.LoopDetector;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who makes a request is known from its head, before its body is read and its route runs. */
class EdgeIdentityTest {
  private static final String USER = "user-key-0123456789abcdef";
  private static final String ADMIN = "admin-key-0123456789abcdef";
  private static final String MANAGER = "manager-key-0123456789abcdef";
  private static final String EXPIRED = "expired-key-0123456789abcdef";

  private EdgeUnderTest edge;

  @BeforeEach
  void serve() throws Exception {
    edge =
        withRoutes(new EdgeUnderTest(new Authenticators(List.of(keys()))))
            .route("/gemini", "permission=chat:basic&credentials=query", EdgeIdentityTest::query)
            .route("/relay", "permission=chat:basic", EdgeIdentityTest::query)
            .route("/usage", "permission=chat:basic&credentials=named", EdgeIdentityTest::query)
            .route("/page", "permission=api:docs&credentials=basic", says("page"))
            .start();
  }

  private static EdgeUnderTest withRoutes(EdgeUnderTest edge) throws Exception {
    return edge.route("/chat", "permission=chat:basic", EdgeIdentityTest::whoCalls)
        .route("/admin", "permission=admin:system", EdgeIdentityTest::whoCalls)
        .route("/undeclared", "", EdgeIdentityTest::whoCalls)
        .route("/health/live", "permission=open", EdgeIdentityTest::whoCalls);
  }

  private static KeyTable keys() {
    Map<KeyHash, Authentication> known = new HashMap<>();
    known.put(hash(USER), new Authentication.Authenticated(identity("alice", Role.USER)));
    known.put(hash(ADMIN), new Authentication.Authenticated(identity("root", Role.ADMIN)));
    known.put(hash(MANAGER), new Authentication.Authenticated(identity("boss", Role.MANAGER)));
    known.put(
        hash(EXPIRED),
        new Authentication.Rejected(new AuthenticationProblem("The API key has expired.")));
    KeyTable table = new KeyTable(KeyHasher.ofProcess());
    table.replace(known);
    return table;
  }

  private static KeyHash hash(String key) {
    return KeyHasher.ofProcess().hash(key);
  }

  private static Identity identity(String name, Role role) {
    return new Identity(
        "acme", "", "", name, role.permissions(), AllowList.ALL, AllowList.ALL, Set.of());
  }

  private static void whoCalls(Exchange exchange) throws Exception {
    Caller caller = exchange.getProperty(ExchangeProperties.CALLER, Caller.class);
    says(caller.tenant() + "/" + caller.key()).process(exchange);
  }

  private static void query(Exchange exchange) throws Exception {
    says(exchange.getMessage().getBody(InboundRequest.class).query()).process(exchange);
  }

  @Test
  void theHandshakeOfAWebSocketNeedsAKeyThatMayBeASubprotocol() throws Exception {
    edge.socket("/live", "?permission=chat:basic&credentials=protocol", EdgeIdentityTest::whoCalls);
    assertThat(handshake("")).isEqualTo("HTTP/1.1 401 Unauthorized");
    assertThat(handshake("Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.no\r\n"))
        .isEqualTo("HTTP/1.1 401 Unauthorized");
    String own = "Sec-WebSocket-Protocol: realtime, openai-insecure-api-key." + USER + "\r\n";
    assertThat(handshake(own)).isEqualTo("HTTP/1.1 200 OK");
    String first = "Sec-WebSocket-Protocol: realtime\r\n";
    assertThat(handshake(first + own)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(handshake(own + own.replace(USER, ADMIN))).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(handshake(own + "Content-Length: 99999\r\n")).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(handshake(own + "Transfer-Encoding: chunked\r\n"))
        .isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(handshake("Authorization: Bearer " + USER + "\r\n")).isEqualTo("HTTP/1.1 200 OK");
    assertThat(handshake(own + "Authorization: Bearer " + ADMIN + "\r\n"))
        .isEqualTo("HTTP/1.1 400 Bad Request");
  }

  private String handshake(String fields) throws Exception {
    try (SocketClient client = new SocketClient(edge.port())) {
      return client.handshake("/live", fields).getFirst();
    }
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer ",
        "authorization: bearer ",
        "Authorization: ApiKey ",
        "x-api-key: ",
        "API-Key: ",
        "X-Goog-Api-Key: "
      })
  void anApiKeyCountsInEveryFieldForIt(String field) throws Exception {
    Reply reply = get("/chat", field + USER);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("acme/alice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Nothing: 1",
        "Authorization: Bearer wrong-key-0123456789abcdef",
        "Authorization: Bearer",
        "Authorization: Bearer USER-KEY-0123456789ABCDEF",
        "x-api-key: ",
        "Cookie: x-api-key=" + USER,
        "Proxy-Authorization: Bearer " + USER,
        "x-api-key-x: " + USER,
        "Authorization: " + USER,
        "Authorization: Digest " + USER,
        "x-api-key: " + EXPIRED
      })
  void withoutAGoodKeyARequestIs401(String field) throws Exception {
    Reply reply = get("/chat", field);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("www-authenticate")).contains("Bearer realm=\"serai\"");
    assertThat(reply.body()).contains("invalid_api_key").doesNotContain("key-0123");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-api-key: " + USER + "\r\nx-api-key: " + USER,
        "Authorization: Bearer " + USER + "\r\nauthorization: Bearer " + USER,
        "Authorization: Bearer " + USER + "\r\nx-api-key: " + ADMIN,
        "api-key: " + USER + "\r\nx-goog-api-key: wrong"
      })
  void twoCredentialsOrAFieldGivenTwiceAre400(String fields) throws Exception {
    assertThat(get("/chat", fields).status()).isEqualTo(400);
  }

  @Test
  void theSameKeyMayStandInTwoFields() throws Exception {
    assertThat(get("/chat", "Authorization: Bearer " + USER + "\r\nx-api-key: " + USER).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/chat?key=" + USER,
        "/chat?authorization=Bearer%20" + USER,
        "/chat?x-api-key=" + USER,
        "/gemini?x-goog-api-key=" + USER,
        "/gemini?xkey=" + USER
      })
  void aQueryGivesNoIdentity(String target) throws Exception {
    assertThat(get(target, "X-Nothing: 1").status()).isEqualTo(401);
  }

  @Test
  void aFormGivesNoIdentity() throws Exception {
    String form = "key=" + USER + "&x-api-key=" + USER + "&authorization=Bearer+" + USER;
    for (String target : List.of("/chat", "/gemini")) {
      try (RawClient client = edge.connect()) {
        assertThat(client.post(target, form).read().status()).isEqualTo(401);
      }
    }
  }

  @Test
  void whereARouteAcceptsAKeyInTheQueryTheRouteDoesNotSeeIt() throws Exception {
    assertThat(get("/gemini?alt=sse&key=" + USER, "X-Nothing: 1").body()).isEqualTo("alt=sse");
    assertThat(get("/gemini?key=" + USER + "&alt=sse", "X-Nothing: 1").body()).isEqualTo("alt=sse");
    assertThat(get("/gemini?key=" + USER, "x-api-key: " + USER).body()).isEmpty();
    assertThat(get("/gemini?key=" + USER, "x-api-key: " + ADMIN).status()).isEqualTo(400);
    assertThat(get("/gemini?key=" + USER + "&key=" + USER, "X-Nothing: 1").status()).isEqualTo(400);
  }

  @Test
  void aKeyInTheQueryCountsInEverySpelling() throws Exception {
    assertThat(get("/gemini?%6Bey=" + USER + "&alt=sse", "X-Nothing: 1").body())
        .isEqualTo("alt=sse");
    assertThat(get("/gemini?key=" + USER + "&k%65y=" + ADMIN, "X-Nothing: 1").status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "%6bey", "k%65%79", "api_key", "api%5Fkey", "access_token"})
  void noRouteSeesACredentialInTheQueryThatItDoesNotAccept(String name) throws Exception {
    String own = "Authorization: Bearer " + USER;
    assertThat(get("/relay?" + name + "=K1&a=%6bey&key=K2&xkey=1&", own).body())
        .isEqualTo("a=%6bey&xkey=1&");
    assertThat(get("/relay?a&" + name, own).body()).isEqualTo("a");
    assertThat(get("/relay?%zz=1&" + name + "=K", own).body()).isEqualTo("%zz=1");
    assertThat(get("/usage?key=alice", own).body()).isEqualTo("key=alice");
  }

  @Test
  void aPageAcceptsTheKeyAsPasswordAndAsksForIt() throws Exception {
    assertThat(get("/page", basic("any", USER)).status()).isEqualTo(200);
    assertThat(get("/page", "Authorization: Basic %%%").status()).isEqualTo(400);
    assertThat(get("/chat", basic("any", USER)).status()).isEqualTo(401);
    Reply asked = get("/page", basic(USER, ""));
    assertThat(asked.status()).isEqualTo(401);
    assertThat(asked.header("www-authenticate").orElseThrow()).startsWith("Basic realm=");
  }

  private static String basic(String user, String password) {
    String pair = user + ":" + password;
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void withoutTheRoutesPermissionAKeyIs403() throws Exception {
    Reply refused = get("/admin", "x-api-key: " + USER);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body())
        .contains("permission_denied")
        .contains("The API key 'alice' may not do this: it needs the permission admin:system.");
    assertThat(get("/admin", "x-api-key: " + ADMIN).body()).isEqualTo("acme/root");
  }

  @Test
  void aRequestThatComesBackIs508WhateverItsKey() throws Exception {
    LoopDetector loops = new LoopDetector("here");
    try (EdgeUnderTest guarded = withRoutes(new EdgeUnderTest(keys(), loops::refuseLoop)).start();
        RawClient client = guarded.connect()) {
      String head = "GET /chat HTTP/1.1\r\nHost: h\r\nX-Serai-Via: ";
      assertThat(client.send(head + "there,here\r\n\r\n").read().status()).isEqualTo(508);
      assertThat(client.send(head + "there\r\n\r\n").read().status()).isEqualTo(401);
    }
  }

  @Test
  void theErrorOfAManagementKeySaysWhatItLacks() throws Exception {
    assertThat(get("/chat", "x-api-key: " + MANAGER).body())
        .contains(
            "The API key 'boss' is a management key: it manages the gateway and does not have the"
                + " permission chat:basic, which this request needs.");
  }

  @Test
  void whatIsWrongWithACredentialIsSaid() throws Exception {
    assertThat(get("/chat", "Authorization: Bearer ").body())
        .contains("The Authorization header has no API key after");
    assertThat(get("/chat", "Authorization: " + USER).body())
        .contains("Authorization: Bearer KEY")
        .doesNotContain(USER);
    assertThat(get("/chat", "x-api-key: sk-of-a-provider").body())
        .contains("It needs a key of the gateway, not of a provider.");
    assertThat(get("/page", "X-Nothing: 1").body())
        .contains("A browser may log in with the key as password.");
    assertThat(get("/chat", "X-Nothing: 1").body()).doesNotContain("browser");
  }

  @Test
  void aRouteThatDeclaresNoPermissionIsForAdministrators() throws Exception {
    assertThat(get("/undeclared", "x-api-key: " + USER).status()).isEqualTo(403);
    assertThat(get("/undeclared", "x-api-key: " + ADMIN).status()).isEqualTo(200);
    assertThat(get("/undeclared", "X-Nothing: 1").status()).isEqualTo(401);
  }

  @Test
  void aPermissionThatDoesNotExistFailsTheRoute() {
    assertThatThrownBy(() -> edge.route("/a", "permission=chat:al", says("a")))
        .hasStackTraceContaining("there is no permission chat:al");
    assertThatThrownBy(() -> edge.route("/b", "credentials=cookie", says("b")))
        .hasStackTraceContaining("credentials must be header, query, basic, protocol or named");
  }

  @Test
  void anOpenRouteNeedsNoKeyAndKnowsNoCaller() throws Exception {
    assertThat(get("/health/live", "X-Nothing: 1").body()).isEqualTo("public/");
    assertThat(get("/health/live", "x-api-key: wrong").body()).isEqualTo("public/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Chat",
        "//chat",
        "/chat/",
        "/./chat",
        "/x/../chat",
        "/%63hat",
        "/chat;x=1",
        "/chat%2f",
        "/chat%00",
        "/health/live/../chat",
        "/health/../admin",
        "/health/live;/admin",
        "\\chat"
      })
  void noSpellingOfAPathLeadsPastThePermission(String path) throws Exception {
    assertThat(get(path, "X-Nothing: 1").status()).isIn(400, 401, 404);
    assertThat(get(path, "x-api-key: " + USER).status()).isIn(400, 403, 404);
  }

  @Test
  void aConnectionHasNoIdentityOfItsOwn() throws Exception {
    try (RawClient client = edge.connect()) {
      String with = "GET /chat HTTP/1.1\r\nHost: h\r\nx-api-key: " + USER + "\r\n\r\n";
      String without = "GET /chat HTTP/1.1\r\nHost: h\r\n\r\n";
      client.send(with + without + with);
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(401);
      assertThat(client.read().body()).isEqualTo("acme/alice");
    }
  }

  @Test
  void aRefusedRequestIsAnsweredBeforeALongBodyIsSent() throws Exception {
    for (String length : List.of("Content-Length: 60000000", "Transfer-Encoding: chunked")) {
      try (RawClient client = edge.connect()) {
        client.send("POST /chat HTTP/1.1\r\nHost: h\r\n" + length + "\r\n\r\n");
        Reply refused = client.read();
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("connection")).contains("close");
        assertThat(client.isClosedByServer()).isTrue();
      }
    }
  }

  @Test
  void aRefusedRequestWithAShortBodyLeavesTheConnectionOpen() throws Exception {
    try (RawClient client = edge.connect()) {
      assertThat(client.post("/chat", "{}").read().status()).isEqualTo(401);
      client.send("GET /chat HTTP/1.1\r\nHost: h\r\nx-api-key: " + USER + "\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void withoutAnyCredentialsSetUpEveryoneMayDoEverything() throws Exception {
    KeyTable none = new KeyTable(KeyHasher.ofProcess());
    try (EdgeUnderTest open = withRoutes(new EdgeUnderTest(none)).start();
        RawClient client = open.connect()) {
      assertThat(client.get("/admin").read().body()).isEqualTo("public/");
      none.replace(Map.of(hash(USER), new Authentication.Authenticated(Identity.ANYONE)));
      assertThat(client.get("/admin").read().status()).isEqualTo(401);
      none.replace(Map.of());
      assertThat(client.get("/admin").read().status()).as("it stays closed").isEqualTo(401);
    }
  }

  private Reply get(String target, String fields) throws Exception {
    try (RawClient client = edge.connect()) {
      return client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n\r\n").read();
    }
  }
}
