package dev.serai.processors.people;

import dev.serai.processors.support.EventLoops;

/** Shows one stored tenant. Thread-safe. */
final class ShowTenant extends PeopleStep {
  ShowTenant(Tenants tenants, EventLoops loops) {
    super(tenants::show, loops);
  }
}
