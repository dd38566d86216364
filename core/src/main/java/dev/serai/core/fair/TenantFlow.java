package dev.serai.core.fair;

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

  void add(Ticket ticket) {
    FairDemand demand = ticket.demand();
    SessionFlow session = of(demand.session());
    ticket.waitsIn(this, session);
    session.add(ticket);
    waiting++;
    if (!session.isWaiting()) {
      begin(session, demand.qos().weight(), ticket.askedNanos());
    }
  }

  /** A ticket that waited has ended. */
  void remove(Ticket ticket) {
    SessionFlow session = ticket.session();
    session.remove();
    removed(session);
  }

  /** Takes the ticket that is next; there must be one. */
  Ticket take(long now, long boostAfterNanos) {
    SessionFlow session = next(now, boostAfterNanos);
    Ticket ticket = session.take();
    served(session, ticket.demand().qos().weight());
    removed(session);
    return ticket;
  }

  private void removed(SessionFlow session) {
    waiting--;
    if (session.isEmpty()) {
      end(session);
    }
  }
}
