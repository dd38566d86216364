package dev.serai.core.fair;

import java.util.HashMap;
import java.util.Map;

/** The attempts that wait for one model: fair between tenants, then sessions. Not thread-safe. */
final class FairQueue {
  private static final int FEW = 64;
  private static final int INDEX_EVERY = 1024;

  private final Flows<TenantFlow> tenants = new Flows<>();
  private final Map<String, TenantFlow> byName = new HashMap<>();
  private int waiting;
  private int taken;
  private double jainsIndex = 1;

  int waiting() {
    return waiting;
  }

  /** The flow of a tenant; something is then added to it. */
  TenantFlow of(String tenant) {
    return byName.computeIfAbsent(tenant, TenantFlow::new);
  }

  /** How evenly the tenants got what they are entitled to, lately: 1 if exactly so. */
  double jainsIndex() {
    return jainsIndex;
  }

  void add(TenantFlow tenant, Ticket ticket, FairRules rules) {
    long now = ticket.askedNanos();
    tenant.add(ticket, now);
    waiting++;
    if (tenant.place < 0) {
      tenants.add(tenant, tenant.share(rules), now);
    }
  }

  void remove(Ticket ticket) {
    TenantFlow tenant = ticket.tenant();
    tenant.remove(ticket);
    removed(tenant);
  }

  private void removed(TenantFlow tenant) {
    waiting--;
    if (tenant.waiting() == 0) {
      tenants.remove(tenant);
      forgetSettled(tenant);
    }
  }

  /** Takes the ticket that is next; there must be one. */
  Ticket take(FairRules rules, long now) {
    long boostAfter = rules.queue().boostAfter().toNanos();
    boolean boosted = tenants.isBoosted(now, boostAfter);
    TenantFlow tenant = tenants.next(boosted);
    Ticket ticket = tenant.take(now, boostAfter);
    tenants.served(tenant, boosted, now, tenant.share(rules));
    removed(tenant);
    if (boosted) {
      ticket.markBoosted();
    }
    if (++taken % INDEX_EVERY == 0) {
      measure();
    }
    return ticket;
  }

  private void forgetSettled(TenantFlow tenant) {
    if (tenants.isSettled(tenant)) {
      byName.remove(tenant.name);
    } else if (tenants.isEmpty() || byName.size() > 2 * waiting + FEW) {
      byName.values().removeIf(tenants::isSettled);
    }
  }

  /** Jain's index of what each tenant got, divided by what it was entitled to. */
  private void measure() {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (TenantFlow tenant : byName.values()) {
      tenants.account(tenant);
      if (tenant.entitled >= 1) {
        double ratio = tenant.received / tenant.entitled;
        sum += ratio;
        squares += ratio * ratio;
        count++;
      }
      tenant.received = 0;
      tenant.entitled = 0;
    }
    jainsIndex = squares == 0 ? 1 : sum * sum / (count * squares);
  }
}
