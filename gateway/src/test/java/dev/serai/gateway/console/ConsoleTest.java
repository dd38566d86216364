package dev.serai.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.Settings;
import dev.serai.gateway.Gateway;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hawtio requires the password, and allows reading only. */
class ConsoleTest {
  private static final String PASSWORD = "correct horse";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Path CHECKOUT = Path.of(System.getProperty("serai.checkout", ".."));

  @TempDir private static Path folder;
  private static Gateway gateway;
  private static URI address;
  private static String cookie;

  @BeforeAll
  static void start() throws Exception {
    gateway = start(Map.of("SERAI_CONSOLE", "true", "SERAI_CONSOLE_PASSWORD", PASSWORD));
    address = URI.create("http://127.0.0.1:" + gateway.port());
    cookie = login(PASSWORD).headers().firstValue("set-cookie").orElseThrow();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void withoutALoginJolokiaRefusesEveryRequest() throws Exception {
    String question = "{\"type\":\"version\"}";
    assertThat(send(post("/hawtio/jolokia", question)).statusCode()).isIn(401, 403);
    assertThat(send(to("/hawtio/jolokia/version")).statusCode()).isIn(401, 403);
    HttpRequest.Builder stale = post("/hawtio/jolokia", question).header("cookie", "JSESSIONID=x");
    assertThat(send(stale).statusCode()).isIn(401, 403);
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    HttpResponse<String> reply = login("wrong");
    assertThat(reply.statusCode()).isEqualTo(403);
    assertThat(reply.headers().firstValue("set-cookie")).isEmpty();
  }

  @Test
  void theSessionCookieIsHttpOnlyAndSameSite() {
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/hawtio");
  }

  @Test
  void aLoggedInUserSeesTheRoutesAndTheirCounters() throws Exception {
    assertThat(ask("{'type':'search','mbean':'org.apache.camel:type=routes,*'}"))
        .contains("attempt", "chat");
    assertThat(
            ask(
                "{'type':'read','mbean':'org.apache.camel:context=serai,type=routes,"
                    + "name=\\\"attempt\\\"','attribute':'ExchangesTotal'}"))
        .contains("\"status\":200");
    assertThat(
            ask(
                "{'type':'exec','mbean':'org.apache.camel:context=serai,type=context,"
                    + "name=\\\"serai\\\"','operation':'dumpRoutesAsXml()'}"))
        .contains("\"status\":200", "choose-candidate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'write','mbean':'java.lang:type=Memory','attribute':'Verbose','value':true}",
        "{'type':'exec','mbean':'java.lang:type=Memory','operation':'gc()'}",
        "{'type':'exec','mbean':'com.sun.management:type=HotSpotDiagnostic',"
            + "'operation':'dumpHeap','arguments':['/none/heap.hprof',true]}",
        "{'type':'exec','mbean':'java.util.logging:type=Logging','operation':'setLoggerLevel',"
            + "'arguments':['','ALL']}",
        "{'type':'exec','mbean':'org.apache.camel:context=serai,type=routes,name=\\\"attempt\\\"',"
            + "'operation':'stop()'}",
        "{'type':'exec','mbean':'org.apache.camel:context=serai,type=context,name=\\\"serai\\\"',"
            + "'operation':'stop()'}",
        "{'type':'read','mbean':'java.lang:type=Runtime','attribute':'SystemProperties'}",
        "{'type':'read','mbean':'java.lang:type=Runtime','attribute':'InputArguments'}",
        "{'type':'exec','mbean':'hawtio:type=JVMList','operation':'listLocalJVMs()'}"
      })
  void aLoggedInUserCannotChangeAnything(String question) throws Exception {
    assertThat(ask(question)).contains("\"status\":403").doesNotContain("\"value\":{");
  }

  @Test
  void theConsoleReachesNoOtherServer() throws Exception {
    String elsewhere = "/hawtio/proxy/http/127.0.0.1/" + address.getPort() + "/healthz";
    assertThat(send(to(elsewhere).header("cookie", cookie)).statusCode()).isEqualTo(403);
  }

  @Test
  void itAttachesItselfToNoOtherProcess() throws Exception {
    ObjectName list = new ObjectName("hawtio:type=JVMList");
    assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(list)).isFalse();
    HttpResponse<String> settings = send(to("/hawtio/hawtconfig.json"));
    assertThat(settings.body()).contains("\"disabledRoutes\": [\"/connect\"]");
  }

  @Test
  void itsPagesLoadNothingFromOtherServers() throws Exception {
    HttpResponse<String> page = send(to("/hawtio/login"));
    assertThat(page.headers().firstValue("content-security-policy"))
        .get()
        .asString()
        .contains("script-src 'self'")
        .doesNotContain("http");
    assertThat(page.headers().firstValue("referrer-policy")).isPresent();
    assertThat(page.headers().allValues("x-frame-options")).hasSize(1);
    assertThat(page.headers().allValues("x-content-type-options")).containsExactly("nosniff");
    assertThat(send(to("/hawtio/css/serai.css")).body()).contains("/camel/source");
  }

  @Test
  void aPageOfAnotherSiteIsRefused() throws Exception {
    HttpRequest.Builder foreign =
        post("/hawtio/jolokia", "{\"type\":\"version\"}").header("cookie", cookie);
    assertThat(send(foreign.header("origin", "http://evil.example")).statusCode()).isEqualTo(403);
  }

  @Test
  void withoutTheConsoleItsPathsAreNotFound() throws Exception {
    try (Gateway plain = start(Map.of())) {
      URI there = URI.create("http://127.0.0.1:" + plain.port() + "/hawtio");
      assertThat(send(HttpRequest.newBuilder(there)).statusCode()).isEqualTo(404);
      assertThat(plain.console()).isEmpty();
    }
  }

  private static Gateway start(Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("SERVER_PORT", "0");
    return Gateway.start(Settings.load(environment, folder), environment, CHECKOUT);
  }

  private static HttpResponse<String> login(String password) throws Exception {
    return send(
        post("/hawtio/auth/login", "{\"username\":\"admin\",\"password\":\"" + password + "\"}"));
  }

  /** Sends a request to Jolokia, logged in; {@code question} is JSON with single quotes. */
  private static String ask(String question) throws Exception {
    return send(post("/hawtio/jolokia", question.replace('\'', '"')).header("cookie", cookie))
        .body();
  }

  private static HttpRequest.Builder post(String path, String body) {
    return to(path).header("content-type", "application/json").POST(BodyPublishers.ofString(body));
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(address.resolve(path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
