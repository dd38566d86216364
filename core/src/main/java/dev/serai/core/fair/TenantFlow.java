package dev.serai.core.fair;

import dev.serai.core.fair.rules.FairRules;
import org.jspecify.annotations.Nullable;

/** A tenant at one model: its sessions share what it gets. Not thread-safe. */
final class TenantFlow extends Flows<SessionFlow> {
  private int waiting;
  private double share;
  private @Nullable FairRules shareOf;

  TenantFlow(String name) {
    super(name, SessionFlow::new);
  }

  /** Its weight among the tenants. */
  double share(FairRules rules) {
    if (shareOf != rules) {
      shareOf = rules;
      share = rules.share(name()).total();
    }
    return share;
  }

  int waiting() {
    return waiting;
  }

  void add(Ticket ticket, FairRules rules) {
    FairDemand demand = ticket.demand();
    SessionFlow session = of(demand.session());
    ticket.waitsIn(this, session);
    session.add(ticket);
    waiting++;
    if (!session.isWaiting()) {
      begin(session, weight(ticket, rules), ticket.askedNanos());
    }
  }

  /** A ticket that waited has ended. */
  void remove(Ticket ticket) {
    SessionFlow session = ticket.session();
    session.remove();
    removed(session);
  }

  /** Takes the ticket that is next; there must be one. */
  Ticket take(FairRules rules, long now) {
    SessionFlow session = next(now, rules.queue().boostAfter().toNanos());
    Ticket ticket = session.take();
    served(session, weight(ticket, rules));
    removed(session);
    return ticket;
  }

  /** What a call weighs for its session: its class, and the weight of the session. */
  private static double weight(Ticket ticket, FairRules rules) {
    FairDemand demand = ticket.demand();
    return (double) demand.qos().weight() * rules.live().session(demand.session());
  }

  private void removed(SessionFlow session) {
    waiting--;
    if (session.isEmpty()) {
      end(session);
    }
  }
}
