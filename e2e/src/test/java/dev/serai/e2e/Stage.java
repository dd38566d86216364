package dev.serai.e2e;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.serai.e2e.provider.CassetteServer;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A gateway before providers that play cassettes. It tries nothing twice, so that clients see every
 * failure as it is.
 */
record Stage(CassetteServer provider, RunningGateway gateway) implements AutoCloseable {
  /** More than any call takes. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Sets one up.
   *
   * @param environment names, each before its value
   */
  static Stage in(Path folder, String... environment) {
    CassetteServer provider = CassetteServer.start();
    RunningGateway.Plan plan =
        RunningGateway.in(folder).providersAt(provider.url()).settings(ClientSettings.PATIENT);
    for (int i = 0; i < environment.length; i += 2) {
      plan.with(environment[i], environment[i + 1]);
    }
    return new Stage(provider, plan.start());
  }

  /** One that gives up a call within two seconds, and has made its first calls. */
  static Stage quick(Path folder) {
    Stage stage = in(folder, "REQUEST_TIMEOUT", "2");
    try (Caller caller = new Caller(stage.url())) {
      caller.warmUp();
    }
    stage.provider.forget();
    return stage;
  }

  String url() {
    return gateway.url();
  }

  /** OpenAI's client with nothing but its base URL set, and told not to try again. */
  OpenAIClient openAi() {
    return OpenAIOkHttpClient.builder()
        .apiKey("a-caller")
        .baseUrl(url() + "/v1")
        .maxRetries(0)
        .timeout(PATIENCE)
        .build();
  }

  @Override
  public void close() {
    gateway.close();
    provider.close();
  }
}
