package dev.serai.config.check;

import dev.serai.config.models.ModelEntry;
import dev.serai.config.provider.ModelSettings;
import dev.serai.config.provider.ProviderSettings;
import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import dev.serai.config.routing.AliasSettings;
import dev.serai.config.routing.HedgingSettings;
import dev.serai.config.routing.fanout.FanOutSettings;
import dev.serai.core.fanout.Aggregation;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.net.Deadlines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds deadlines that cannot be reached, because the total deadline ends the call before, and
 * aliases that hedge without a time or fan out to nothing. Not thread-safe.
 */
public final class DeadlineCheck {
  private static final List<String> AGGREGATIONS =
      Stream.of(Aggregation.values()).map(Aggregation::label).toList();

  private final Findings findings;
  private final Deadlines all;

  /**
   * @param all the deadlines of all providers
   */
  public DeadlineCheck(Findings findings, Deadlines all) {
    this.findings = findings;
    this.all = all;
  }

  /** Checks the deadlines of all providers. */
  public void all() {
    String advice = "set upstream.deadlines.total too";
    over(findings.deadline("first_token"), all.firstToken(), all.total(), advice);
    over(findings.deadline("idle"), all.idle(), all.total(), advice);
  }

  /** Checks those of the operator's aliases. */
  public void aliases(Map<String, AliasSettings> aliases) {
    aliases.forEach(
        (name, alias) ->
            check(alias.deadlines(), key -> findings.at("models", name, "deadlines", key)));
  }

  /**
   * Checks when the aliases hedge.
   *
   * @param general what holds for what an alias leaves out
   */
  public void hedging(Map<String, AliasSettings> aliases, HedgingSettings general) {
    aliases.forEach(
        (name, alias) -> {
          boolean learned = alias.hedging().learned().orElse(false);
          if (learned && alias.hedging().after().orElse(general.after()).isZero()) {
            findings.wrong(
                findings.at("models", name, "hedging", "learned"),
                "needs after, which holds until enough streams are measured; set it beside it, or"
                    + " in routing.hedging");
          }
        });
  }

  /** Checks whether the aliases that fan out have what that needs. */
  public void fanOut(Map<String, AliasSettings> aliases) {
    aliases.forEach(
        (name, alias) -> {
          FanOutSettings fanOut = alias.fanOut();
          Place place = findings.at("models", name, "fan_out");
          if (fanOut.aggregate().isEmpty()) {
            if (!fanOut.equals(FanOutSettings.defaults())) {
              findings.wrong(
                  place,
                  "needs aggregate: "
                      + String.join(", ", AGGREGATIONS)
                      + "; without it one model is asked after the other");
            }
          } else if (alias.targets().size() + alias.fallbacks().size() < 2) {
            findings.wrong(
                place, "needs two models at least; add another one to targets or fallbacks");
          } else {
            judge(fanOut, place);
          }
        });
  }

  private void judge(FanOutSettings fanOut, Place place) {
    boolean needed = fanOut.aggregate().filter(Aggregation.BEST_BY_JUDGE::equals).isPresent();
    if (needed && fanOut.judge().isEmpty()) {
      findings.wrong(place, "needs judge: the model that scores the responses");
    } else if (!needed && fanOut.judge().isPresent()) {
      findings.wrong(place, "has a judge, which needs aggregate: best_by_judge");
    }
  }

  /** Checks those of the models of providers. */
  public void providers(Map<String, ProviderSettings> providers) {
    providers.forEach((name, provider) -> models(name, provider.models()));
  }

  private void models(String provider, List<ModelSettings> models) {
    for (int i = 0; i < models.size(); i++) {
      Place place = findings.item(i, "providers", provider, "models");
      String path = place.key() + ".deadlines.";
      check(models.get(i).deadlines(), key -> new Place(place.source(), place.line(), path + key));
    }
  }

  /**
   * Checks those of {@code models.yaml}.
   *
   * @param file its content
   */
  public void entries(Map<String, ModelEntry> models, Node.Mapping file) {
    models.forEach(
        (name, entry) ->
            check(entry.deadlines(), key -> file.placeOf("models", name, "deadlines", key)));
  }

  private void check(DeadlineOverrides own, Function<String, Place> place) {
    Duration total = own.total().orElse(all.total());
    String advice = "set total beside it too";
    over(place.apply("first_token"), own.firstToken(), total, advice);
    over(place.apply("idle"), own.idle(), total, advice);
  }

  private void over(Place place, Optional<Duration> deadline, Duration total, String advice) {
    deadline.ifPresent(set -> over(place, set, total, advice));
  }

  private void over(Place place, Duration deadline, Duration total, String advice) {
    if (deadline.compareTo(total) > 0) {
      findings.perhapsWrong(
          place,
          "is longer than total, "
              + total.toSeconds()
              + " s, which ends the call before; "
              + advice);
    }
  }
}
