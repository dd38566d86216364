package dev.serai.core.fair;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant at one model: its sessions share what it gets. Not thread-safe. */
final class TenantFlow extends Flow {
  private static final int FEW = 64;

  /** A session of a tenant: its attempts wait in the order of their deadlines. */
  static final class SessionFlow extends Flow {
    final String name;
    final Heap<Ticket> tickets = new Heap<>();

    SessionFlow(String name) {
      this.name = name;
    }
  }

  final String name;
  final Flows<SessionFlow> sessions = new Flows<>();
  private final Map<String, SessionFlow> byName = new HashMap<>();
  private int waiting;
  private double share;
  private @Nullable FairRules shareOf;

  TenantFlow(String name) {
    this.name = name;
  }

  /** Its weight among the tenants. */
  double share(FairRules rules) {
    if (shareOf != rules) {
      shareOf = rules;
      share = rules.share(name).total();
    }
    return share;
  }

  int waiting() {
    return waiting;
  }

  void add(Ticket ticket, long now) {
    FairDemand demand = ticket.demand();
    SessionFlow session = byName.computeIfAbsent(demand.session(), SessionFlow::new);
    ticket.waitsIn(this, session);
    session.tickets.add(ticket);
    waiting++;
    if (session.place < 0) {
      sessions.add(session, demand.qos().weight(), now);
    }
  }

  void remove(Ticket ticket) {
    SessionFlow session = ticket.session();
    session.tickets.remove(ticket);
    waiting--;
    if (session.tickets.isEmpty()) {
      sessions.remove(session);
      forgetSettled(session);
    }
  }

  /** Takes the ticket that is next; there must be one. */
  Ticket take(long now, long boostAfterNanos) {
    boolean boosted = sessions.isBoosted(now, boostAfterNanos);
    SessionFlow session = sessions.next(boosted);
    Ticket ticket = session.tickets.first();
    sessions.served(session, boosted, now, ticket.demand().qos().weight());
    remove(ticket);
    return ticket;
  }

  private void forgetSettled(SessionFlow session) {
    if (sessions.isSettled(session)) {
      byName.remove(session.name);
    } else if (sessions.isEmpty() || byName.size() > 2 * waiting + FEW) {
      byName.values().removeIf(sessions::isSettled);
    }
  }
}
