package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A provider is a file: it comes, changes, breaks, heals and goes under load, and no call fails.
 */
class HotReloadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LIVE = Duration.ofSeconds(1);

  @TempDir Path folder;
  private final AtomicBoolean extraIsThere = new AtomicBoolean();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Queue<String> failed = new ConcurrentLinkedQueue<>();

  /** Ends the callers, whatever happened. */
  private final AutoCloseable ending = () -> stop.set(true);

  @Test
  void aProviderComesChangesBreaksHealsAndGoesUnderLoad() throws Exception {
    try (CassetteServer one = CassetteServer.start();
        CassetteServer two = CassetteServer.start();
        RunningGateway gateway = RunningGateway.in(folder).providersAt(one.url()).start();
        Caller caller = new Caller(gateway.url());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        AutoCloseable _ = ending) {
      for (int i = 0; i < 12; i++) {
        int number = i;
        callers.submit(() -> load(caller, number));
      }
      Path file = gateway.routes().resolve("extra.camel.yaml");
      assertThat(caller.chat("extra/text").status()).isEqualTo(404);

      RunningGateway.write(file, FirstStepsTest.extra(one.url(), "OPENAI_API_KEY"));
      Duration added = took(() -> caller.chat("extra/text").status() == 200);
      extraIsThere.set(true);

      Duration edited = Duration.ofDays(1);
      for (int i = 0; i < 3; i++) {
        CassetteServer next = i % 2 == 0 ? two : one;
        String mark = "edition-" + i;
        RunningGateway.write(file, FirstStepsTest.extra(next.url(), "OPENAI_API_KEY"));
        Duration once = took(() -> arrivesAt(next, caller, mark));
        edited = once.compareTo(edited) < 0 ? once : edited;
      }
      assertThat(List.of(added, edited)).anySatisfy(d -> assertThat(d).isLessThan(LIVE));

      breakAndHeal(gateway, caller, file, one);
      remove(caller, file);
      stop.set(true);
      callers.close();
      assertThat(failed).isEmpty();
      assertThat(served.get()).isGreaterThan(100);
    }
  }

  private void breakAndHeal(
      RunningGateway gateway, Caller caller, Path file, CassetteServer server) {
    String sound = FirstStepsTest.extra(server.url(), "OPENAI_API_KEY");
    RunningGateway.write(file, sound.replace("uri: kamelet", "uri kamelet"));
    took(() -> refusals(gateway).size() == 1);
    assertThat(caller.chat("extra/text").status()).isEqualTo(200);
    RunningGateway.write(file, sound.replace("baseUrl:", "basisUrl:"));
    took(() -> refusals(gateway).size() == 2);
    assertThat(caller.chat("extra/text").status()).isEqualTo(200);
    assertThat(refusals(gateway))
        .allSatisfy(line -> assertThat(line).containsPattern("extra\\.camel\\.yaml:\\d+: \\w+"));
    RunningGateway.write(file, sound);
    took(() -> arrivesAt(server, caller, "healed"));
  }

  private static List<String> refusals(RunningGateway gateway) {
    return gateway.log().lines().filter(line -> line.contains("\"refused ")).toList();
  }

  /** Callers stop first: a call for a removed provider gets an error. */
  private void remove(Caller caller, Path file) {
    extraIsThere.set(false);
    took(() -> underWay.get() == 0);
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    took(() -> caller.chat("extra/text").status() == 404);
  }

  private void load(Caller caller, int number) {
    for (int i = number; !stop.get(); i++) {
      boolean extra = i % 2 == 0 && enter();
      String p = extra ? "extra" : List.of("openai", "anthropic", "ollama").get(i % 3);
      boolean stream = i % 4 < 2;
      try {
        Caller.Reply reply = caller.call(p + "/paced-6x10", stream);
        boolean sound = reply.status() == 200 && (!stream || reply.isFinished());
        served.incrementAndGet();
        if (!sound) {
          failed.add(p + " " + reply.status() + " " + reply.body());
        }
      } catch (UncheckedIOException e) {
        failed.add(p + " " + e);
      } finally {
        if (extra) {
          underWay.decrementAndGet();
        }
      }
    }
  }

  private boolean enter() {
    underWay.incrementAndGet();
    if (extraIsThere.get()) {
      return true;
    }
    underWay.decrementAndGet();
    return false;
  }

  private static boolean arrivesAt(CassetteServer server, Caller caller, String model) {
    return caller.chat("extra/" + model).status() == 200 && !server.received(model).isEmpty();
  }

  private static Duration took(BooleanSupplier happened) {
    long start = System.nanoTime();
    Until.holds(PATIENCE, "the change is live", happened);
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
