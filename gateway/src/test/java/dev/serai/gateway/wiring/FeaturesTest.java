package dev.serai.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import dev.serai.core.call.CallListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features are started, called and closed in one order. */
class FeaturesTest {
  @TempDir Path folder;
  private final List<String> events = new ArrayList<>();

  @Test
  void theyStartInOrderAndCloseInReverse() {
    try (Features features = new Features(List.of(feature("a"), feature("b"), feature("c")))) {
      features.start();
    }

    assertThat(events)
        .containsExactly("start a", "start b", "start c", "close c", "close b", "close a");
  }

  @Test
  void changedSettingsReachEveryFeatureInOrder() {
    Settings fresh = Settings.load(Map.of(), folder);
    new Features(List.of(feature("a"), feature("b"))).replace(fresh);

    assertThat(events).containsExactly("replace a", "replace b");
  }

  @Test
  void aFeatureThatFailsToCloseDoesNotStopTheOthers() {
    Features features =
        new Features(List.of(feature("a"), broken("first"), broken("second"), feature("d")));

    assertThatThrownBy(features::close)
        .hasMessage("second cannot close")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .extracting("message")
                    .containsExactly("first cannot close"));
    assertThat(events).containsExactly("close d", "close a");
  }

  private static Feature broken(String name) {
    return new Feature() {
      @Override
      public void close() {
        throw new IllegalStateException(name + " cannot close");
      }
    };
  }

  @Test
  void listenersOfEndedCallsAreInTheOrderOfTheFeatures() {
    Fake first = feature("a");
    Fake second = feature("b");
    Features features = new Features(List.of(first, second));

    assertThat(features.listeners()).containsExactly(first.listener, second.listener);
  }

  @Test
  void theServersThatFeaturesCannotReachAreCollected() {
    Feature away =
        new Feature() {
          @Override
          public List<String> unavailable() {
            return List.of("redis");
          }
        };
    assertThat(new Features(List.of(feature("a"), away)).unavailable()).containsExactly("redis");
  }

  @Test
  void theBeansOfAllFeaturesAreCollectedByName() {
    Features features = new Features(List.of(feature("a"), feature("b")));

    assertThat(features.beans()).containsEntry("a", "step a").containsEntry("b", "step b");
  }

  @Test
  void aNameThatTwoFeaturesUseIsAnError() {
    Features features = new Features(List.of(feature("a"), feature("a")));

    assertThatThrownBy(features::beans)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two beans are named a");
  }

  @Test
  void theStepThatSettlesCallsIsABeanThatNoFeatureMayReplace() {
    assertThat(new Features(List.of(feature("a"))).beans()).containsKey("settle-usage");

    assertThatThrownBy(new Features(List.of(feature("settle-usage")))::beans)
        .hasMessageContaining("two beans are named settle-usage");
  }

  private Fake feature(String name) {
    return new Fake(name);
  }

  private final class Fake implements Feature {
    private final String name;
    private final CallListener listener = call -> {};

    private Fake(String name) {
      this.name = name;
    }

    @Override
    public Map<String, Object> beans() {
      return Map.of(name, "step " + name);
    }

    @Override
    public List<CallListener> listeners() {
      return List.of(listener);
    }

    @Override
    public void replace(Settings fresh) {
      events.add("replace " + name);
    }

    @Override
    public void start() {
      events.add("start " + name);
    }

    @Override
    public void close() {
      events.add("close " + name);
    }
  }
}
