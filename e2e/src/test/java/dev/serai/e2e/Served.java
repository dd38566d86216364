package dev.serai.e2e;

import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.ScriptedProvider;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A provider, a gateway in front of it, and a client, for the tests of a class. */
record Served<P extends AutoCloseable>(P provider, RunningGateway gateway, Caller http)
    implements AutoCloseable {
  static <P extends AutoCloseable> Served<P> start(P provider, RunningGateway.Plan plan) {
    RunningGateway gateway = plan.start();
    return new Served<>(provider, gateway, new Caller(gateway.url()));
  }

  /** With a provider that plays the replies of a test. */
  static Served<ScriptedProvider> byScript(Path folder, String settings) {
    ScriptedProvider provider = ScriptedProvider.start();
    return start(
        provider, RunningGateway.in(folder).providersAt(provider.url()).settings(settings));
  }

  /** With a provider that plays recorded replies. */
  static Served<CassetteServer> byCassettes(Path folder, String settings) {
    CassetteServer provider = CassetteServer.start();
    return start(
        provider, RunningGateway.in(folder).providersAt(provider.url()).settings(settings));
  }

  Caller.Reply post(String key, String path, String body) {
    HttpRequest.Builder request = http.to(path, body.getBytes(StandardCharsets.UTF_8));
    return http.send(request.header("x-api-key", key));
  }

  Caller.Reply get(String key, String path) {
    URI uri = URI.create(gateway.url() + path);
    return http.send(HttpRequest.newBuilder(uri).header("x-api-key", key));
  }

  /** A metric without labels, or with all of them in the name. */
  double metric(String key, String name) {
    return get(key, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws Exception {
    http.close();
    gateway.close();
    provider.close();
  }
}
