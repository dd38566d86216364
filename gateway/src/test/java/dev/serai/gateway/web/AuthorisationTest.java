package dev.serai.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.gateway.Gateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may use which route. The matrix is made from the route files and from the roles, and every
 * cell of it is a request.
 */
class AuthorisationTest {
  private static final String OWN_LOGIN = "own-login";

  @TempDir static Path folder;
  private static Gateway gateway;

  @BeforeAll
  static void start() throws Exception {
    StringBuilder yaml = new StringBuilder("auth:\n  keys:\n");
    for (Role role : Role.BUILT_IN) {
      yaml.append("    - {name: " + role + ", role: " + role + ", key: " + key(role) + "}\n");
    }
    Files.writeString(folder.resolve("serai.yaml"), yaml);
    Map<String, String> environment = new HashMap<>();
    environment.put("SERVER_PORT", "0");
    environment.put("SERAI_MODEL_LISTS", "false");
    environment.put("LOG_FILE", folder.resolve("serai.log").toString());
    Path checkout = Path.of(System.getProperty("serai.checkout", ".."));
    gateway = Gateway.start(Gateway.settings(environment, folder), environment, checkout);
  }

  private static String key(Role role) {
    return role.name() + "-0123456789abcdef";
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void everyPublicRouteDeclaresItsPermission() throws Exception {
    for (PublicRoute route : PublicRoute.all(true)) {
      String declared = route.permission();
      assertThat(declared.equals(PublicRoute.OPEN))
          .as(route + ": only health and the login are open")
          .isEqualTo(route.path().matches("/health.*|/login|/login/callback|/logout"));
      assertThat(declared.equals(OWN_LOGIN))
          .as(route + ": only the console has a login of its own")
          .isEqualTo(route.path().equals("/hawtio"));
      assertThat(
              declared.equals(PublicRoute.OPEN)
                  || declared.equals(OWN_LOGIN)
                  || Permission.find(declared).isPresent())
          .as(route + " declares a permission that exists")
          .isTrue();
    }
  }

  @Test
  void everyRoleMayUseWhatItsPermissionsAllowAndNothingElse() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (PublicRoute route : PublicRoute.all()) {
        for (String method : route.methods()) {
          checkWithoutKey(client, route, method);
          for (Role role : Role.BUILT_IN) {
            check(client, route, method, role);
          }
        }
      }
    }
  }

  private static void checkWithoutKey(HttpClient client, PublicRoute route, String method)
      throws Exception {
    boolean open = route.permission().equals(PublicRoute.OPEN);
    for (String key : new String[] {"", "no-key-0123456789abcdef"}) {
      int status = status(client, route, method, key);
      assertThat(status == 401)
          .as(method + " " + route + " without a key: " + status)
          .isEqualTo(!open);
    }
  }

  private static void check(HttpClient client, PublicRoute route, String method, Role role)
      throws Exception {
    Optional<Permission> needed = Permission.find(route.permission());
    boolean allowed = needed.isEmpty() || role.permissions().contains(needed.get());
    int status = status(client, route, method, key(role));
    String what = method + " " + route + " as " + role + ": " + status;
    assertThat(status).as(what).isNotEqualTo(401);
    assertThat(status == 403).as(what).isEqualTo(!allowed);
  }

  private static int status(HttpClient client, PublicRoute route, String method, String key)
      throws Exception {
    String path = route.path().replaceAll("\\{[^}]*}", "none") + (route.prefix() ? "/none" : "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
            .header("content-type", "application/json")
            .method(
                method,
                method.equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
    if (!key.isEmpty()) {
      request.header("x-api-key", key);
    }
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
