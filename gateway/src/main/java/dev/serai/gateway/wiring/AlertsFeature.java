package dev.serai.gateway.wiring;

import dev.serai.config.budget.AlertSettings;
import dev.serai.core.budget.alert.AlertReceiver;
import dev.serai.gateway.alerts.AlertWebhook;
import dev.serai.memory.budgets.BudgetAlerts;
import dev.serai.memory.budgets.BudgetAlerts.Outcome;
import dev.serai.memory.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells webhooks when budgets are used. It starts after the client that sends the messages. */
final class AlertsFeature implements Feature {
  private final BudgetAlerts alerts;

  AlertsFeature(
      SharedParts shared, Database database, BudgetsFeature budgets, AlertWebhook.Sender sender) {
    Map<String, AlertSettings> webhooks = shared.settings().alerts();
    List<AlertReceiver> receivers = new ArrayList<>();
    webhooks.forEach((name, settings) -> receivers.add(settings.receiver(name)));
    alerts =
        new BudgetAlerts(
            budgets.leases(),
            new BudgetAlerts.Audience(
                receivers, new AlertWebhook(webhooks, sender, shared.clock())),
            database,
            shared.clock(),
            shared.ticker(),
            shared.threads());
    for (Outcome outcome : Outcome.values()) {
      shared
          .metrics()
          .counter(
              "serai.budget.alerts",
              "Attempts to send a message about a budget, by how they ended",
              Map.of("outcome", outcome.name().toLowerCase(Locale.ROOT)),
              () -> alerts.count(outcome));
    }
  }

  @Override
  public void start() {
    alerts.start();
  }

  @Override
  public void close() {
    alerts.close();
  }
}
