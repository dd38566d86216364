package dev.serai.core.fair;

import dev.serai.core.fair.rules.FairRules;

/** The attempts that wait for one model: fair between tenants, then sessions. Not thread-safe. */
final class FairQueue extends Flows<TenantFlow> {
  private static final int INDEX_EVERY = 1024;

  private int waiting;
  private int taken;
  private double jainsIndex = 1;

  FairQueue() {
    super("", TenantFlow::new);
  }

  int waiting() {
    return waiting;
  }

  /**
   * How evenly the tenants got what they are entitled to, lately: 1 is exact, lower is less even.
   */
  double jainsIndex() {
    return jainsIndex;
  }

  void add(TenantFlow tenant, Ticket ticket, FairRules rules) {
    tenant.add(ticket, rules);
    waiting++;
    if (!tenant.isWaiting()) {
      begin(tenant, tenant.share(rules), ticket.askedNanos());
    }
  }

  /** Takes out a ticket that waits, and ends it. */
  void remove(Ticket ticket) {
    ticket.end();
    TenantFlow tenant = ticket.tenant();
    tenant.remove(ticket);
    removed(tenant);
  }

  private void removed(TenantFlow tenant) {
    waiting--;
    if (tenant.waiting() == 0) {
      end(tenant);
    }
  }

  /** Takes the ticket that is next; there must be one. */
  Ticket take(FairRules rules, long now) {
    long boostAfter = rules.queue().boostAfter().toNanos();
    TenantFlow tenant = next(now, boostAfter);
    Ticket ticket = tenant.take(rules, now);
    served(tenant, tenant.share(rules));
    removed(tenant);
    if (isBoosted()) {
      ticket.markBoosted();
    }
    if (++taken % INDEX_EVERY == 0) {
      jainsIndex = measure();
    }
    return ticket;
  }
}
