package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.gateway.edge.tls.Pki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A gateway to whose pages people log in, and the identity provider where they do. */
final class LoginGateway implements AutoCloseable {
  static final String ADMIN = "admin-key-0123456789";

  private static final int MAX_PORTS = 3;
  private static final String SETTINGS =
      """
      auth:
        issuers:
          - name: people
            issuer: %s
            audiences: [serai]
            roles: {llm-admins: admin}
        login:
          issuer: people
          client_id: %s
          client_secret: %s
          url: %s
      """;

  private final LoginIssuer issuer;
  private final RunningGateway gateway;

  private final Written written;

  private LoginGateway(LoginIssuer issuer, RunningGateway.Plan plan, Written written) {
    this.issuer = issuer;
    this.gateway = plan.start();
    this.written = written;
  }

  /** The text of the settings file, where it is, and the address of the gateway. */
  private record Written(String settings, Path file, String url) {}

  /** Starts both; the identity provider must know the port of the gateway before that. */
  static LoginGateway start(Path folder, Map<String, String> environment) throws IOException {
    return start(folder, environment, "http", "");
  }

  /** The same with TLS on the port. */
  static LoginGateway startWithTls(Path folder, Map<String, String> environment, Pki pki)
      throws IOException {
    String tls = "server: {tls: {certificate: %s, key: %s}}\n";
    return start(
        folder, environment, "https", tls.formatted(pki.certificate("server"), pki.key("server")));
  }

  private static LoginGateway start(
      Path folder, Map<String, String> environment, String scheme, String more) throws IOException {
    RunningGateway.Plan plan =
        RunningGateway.in(folder)
            .with("ROUTER_ADMIN_KEYS", ADMIN)
            .with("SERAI_STATE", folder.resolve("state").toString());
    environment.forEach(plan::with);
    for (int ports = 1; ; ports++) {
      String url = scheme + "://127.0.0.1:" + freePort();
      LoginIssuer issuer = LoginIssuer.start(url + "/login/callback");
      String settings =
          SETTINGS.formatted(issuer.url(), LoginIssuer.CLIENT, LoginIssuer.SECRET, url) + more;
      plan.with("SERVER_PORT", url.substring(url.lastIndexOf(':') + 1)).settings(settings);
      try {
        return new LoginGateway(
            issuer, plan, new Written(settings, folder.resolve("serai.yaml"), url));
      } catch (RuntimeException e) {
        issuer.close();
        if (ports == MAX_PORTS || !isTaken(e)) {
          throw e;
        }
      }
    }
  }

  /** Whether someone else has taken the port since it was free. */
  private static boolean isTaken(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(one -> String.valueOf(one.getMessage()).contains("Address already in use"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  LoginIssuer issuer() {
    return issuer;
  }

  RunningGateway gateway() {
    return gateway;
  }

  String url() {
    return written.url();
  }

  /** A person who is not logged in. */
  PageVisitor visitor() {
    return new PageVisitor(url());
  }

  PageVisitor loggedIn() {
    PageVisitor visitor = visitor();
    HttpResponse<String> reply = visitor.logIn();
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(303);
    assertThat(visitor.session()).hasSize(43);
    return visitor;
  }

  /** Changes which role of the issuer is that of an administrator. */
  void administratorsAre(String role) {
    RunningGateway.write(written.file(), written.settings().replace("llm-admins", role));
  }

  /** What a browser comes back with from the identity provider. */
  static Map<String, String> parameters(String back) {
    return LoginIssuer.parameters(back.substring(back.indexOf('?') + 1));
  }

  /** Asserts that a login ended with a page that says so, and without a session. */
  static void assertRefused(PageVisitor visitor, HttpResponse<String> reply) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(403);
    assertThat(reply.headers().firstValue("content-type")).get().asString().contains("text/html");
    assertThat(visitor.session()).isEmpty();
  }

  @Override
  public void close() {
    gateway.close();
    issuer.close();
  }
}
