package dev.serai.processors.admin;

import dev.serai.core.fair.FairCounts;
import dev.serai.core.fair.FairScheduler;
import dev.serai.core.fair.rules.FairRules;
import dev.serai.core.fair.rules.TenantShare;
import dev.serai.core.json.JsonWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Writes the state of the fair queue as JSON. Thread-safe.
 *
 * @param enabled whether attempts wait for capacity
 */
record FairQueueState(FairScheduler scheduler, BooleanSupplier enabled) {
  void writeCounts(JsonWriter json) {
    FairCounts counts = scheduler.counts();
    json.beginObject()
        .member("enabled", enabled.getAsBoolean())
        .member("waiting", counts.waiting())
        .member("in_flight", scheduler.inFlight())
        .member("window", scheduler.limit())
        .member("granted", counts.granted())
        .member("enqueued", counts.enqueued())
        .member("dropped", counts.dropped())
        .member("boosted", counts.boosted())
        .member(
            "jains_index",
            BigDecimal.valueOf(scheduler.jainsIndex()).setScale(4, RoundingMode.HALF_UP))
        .endObject();
  }

  /** The weights of the settings and the live ones. */
  void writeWeights(JsonWriter json) {
    FairRules rules = scheduler.rules();
    json.member("enabled", enabled.getAsBoolean());
    share(json.name("default"), rules.others()).endObject();
    TreeSet<String> tenants = new TreeSet<>(rules.tenants().keySet());
    tenants.addAll(rules.live().tenants().keySet());
    json.name("tenants").beginObject();
    for (String tenant : tenants) {
      share(json.name(tenant), rules.share(tenant))
          .member("live", rules.live().tenants().containsKey(tenant))
          .endObject();
    }
    json.endObject().name("sessions").beginObject();
    new TreeMap<>(rules.live().sessions())
        .forEach(
            (session, weight) ->
                json.name(session).beginObject().member("weight", weight).endObject());
    json.endObject();
  }

  private static JsonWriter share(JsonWriter json, TenantShare share) {
    return json.beginObject().member("weight", share.weight()).member("qos", share.qos().label());
  }
}
