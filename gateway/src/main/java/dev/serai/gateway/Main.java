package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.read.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** The process: settings, gateway, a word to the operator, and an orderly end on SIGTERM. */
public final class Main {
  private Main() {}

  /** {@code --console} starts the console too. Ends with 2 when the settings are wrong. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    Path home = Path.of(System.getProperty("serai.home", "."));
    Settings settings;
    try {
      settings = Settings.load(environment, Path.of("").toAbsolutePath());
    } catch (SettingsException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    Gateway gateway = Gateway.start(settings, environment, home);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("drain")
                .unstarted(
                    () -> {
                      gateway.close();
                      ended.countDown();
                    }));
    System.out.println(Greeting.of(settings, gateway.providers()));
    ended.await();
  }
}
