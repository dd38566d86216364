package dev.serai.e2e;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.time.TimeAndRandomness;
import dev.serai.gateway.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A gateway in this process on a free port, with a folder of its own for settings, routes and log.
 * Its providers are where {@link #with} says, for example OPENAI_BASE_URL.
 */
final class RunningGateway implements AutoCloseable {
  /** The key of every provider; it must be seen nowhere but at the providers. */
  static final String CANARY = "key-canary-5f1e77b0a9";

  private static final Duration LOG_PATIENCE = Duration.ofSeconds(10);

  private final Gateway gateway;
  private final Path folder;

  private RunningGateway(Gateway gateway, Path folder) {
    this.gateway = gateway;
    this.folder = folder;
  }

  /** What a gateway starts with. */
  static Plan in(Path folder) {
    return new Plan(folder);
  }

  /** Collects what a gateway starts with. */
  static final class Plan {
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private TimeAndRandomness sources = TimeAndRandomness.system();

    private Plan(Path folder) {
      this.folder = folder;
      // Nothing but the calls of a test reaches its providers.
      environment.put("SERAI_MODEL_LISTS", "false");
      environment.put("ROUTER_RPS_LIMIT", "0"); // no test is to wait for another's calls
      environment.put("LOG_FILE", folder.resolve("serai.log").toString());
      environment.put("SERAI_ROUTES", folder.resolve("serai.d").toString());
    }

    /** An environment variable. */
    Plan with(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Its clock shows noon in UTC at the start, so that no day ends in a test. */
    Plan atNoon() {
      Instant now = Instant.now();
      Instant noon = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(12));
      sources = sources.withClock(Clock.offset(Clock.systemUTC(), Duration.between(now, noon)));
      return this;
    }

    /** Its durations are a hundredth of the real ones, so that no delay of the machine counts. */
    Plan onASlowTicker() {
      sources =
          new TimeAndRandomness(sources.clock(), () -> System.nanoTime() / 100, sources.random());
      return this;
    }

    /** OpenAI, Anthropic, Gemini, Ollama and Bedrock are there. */
    Plan providersAt(String url) {
      return with("OPENAI_API_KEY", CANARY)
          .with("OPENAI_BASE_URL", url + "/v1")
          .with("ANTHROPIC_API_KEY", CANARY)
          .with("ANTHROPIC_BASE_URL", url)
          .with("GEMINI_API_KEY", CANARY)
          .with("GEMINI_BASE_URL", url)
          .with("OLLAMA_BASE_URL", url)
          .with("AWS_ACCESS_KEY_ID", "AKIDSERAI")
          .with("AWS_SECRET_ACCESS_KEY", CANARY)
          .with("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", url);
    }

    /** The text of serai.yaml. */
    Plan settings(String yaml) {
      write(folder.resolve("serai.yaml"), yaml);
      return with("SERAI_CONFIG", folder.resolve("serai.yaml").toString());
    }

    /** The environment; the system chooses the port unless one is set. */
    Map<String, String> environment() {
      environment.putIfAbsent("SERVER_PORT", "0");
      return environment;
    }

    RunningGateway start() {
      try {
        Map<String, String> all = environment();
        Files.createDirectories(folder.resolve("serai.d"));
        Path checkout = Path.of(System.getProperty("serai.checkout", ".."));
        Gateway gateway = Gateway.start(Gateway.settings(all, folder), all, checkout, sources);
        return new RunningGateway(gateway, folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Where it is, without a path. */
  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return gateway.port();
  }

  /** The operator's own routes. */
  Path routes() {
    return folder.resolve("serai.d");
  }

  /** What has been logged. */
  String log() {
    return log(folder);
  }

  /** Everything that the gateway of a folder has logged. */
  static String log(Path folder) {
    try {
      return Files.readString(folder.resolve("serai.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the log has the texts, because it is written in the background. */
  void awaitLogged(String... texts) {
    for (String text : texts) {
      Until.holds(LOG_PATIENCE, "the log has " + text, () -> log().contains(text));
    }
  }

  /** The background threads of the gateway. */
  BackgroundThreads threads() {
    return gateway.threads();
  }

  /** Writes a file in one step, so that no gateway reads half of it. */
  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Path whole = Files.createTempFile("serai", ".whole");
      Files.writeString(whole, text);
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    gateway.close();
  }
}
