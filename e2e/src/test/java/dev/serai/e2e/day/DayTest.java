package dev.serai.e2e.day;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.day.DayOfTraffic.Day;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small day of mixed traffic, of which {@link DayFigures} replays a large one. */
class DayTest {
  private static final int CALLS = 400;

  @TempDir Path folder;
  private DayOfTraffic traffic;
  private Map<String, String> ways;

  @BeforeEach
  void start() {
    Path checkout = Path.of(System.getProperty("serai.checkout", ".."));
    traffic = new DayOfTraffic(folder, checkout, CALLS);
    ways = traffic.ways();
  }

  private Day day(String name) throws Exception {
    return traffic.repeatable(name, ways.get(name));
  }

  @Test
  void whileAProviderIsDownItsCallsGoElsewhere() throws Exception {
    assertThat(day("solid").answered()).as("without another one").isBetween(0.80, 0.97);
    assertThat(day("priority").answered()).isGreaterThan(0.99);
  }

  @Test
  void aBanditCostsLessThanModelsAloneThatAreAsGood() throws Exception {
    Day large = day("large");
    Day coder = day("coder");
    Day bandit = day("bandit, cost 0.5");
    assertThat(bandit.quality()).isGreaterThan(0.5);
    assertThat(bandit.usd()).isLessThan(0.6 * coder.usd()).isLessThan(0.3 * large.usd());
  }
}
