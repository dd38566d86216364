package dev.serai.processors.people;

import dev.serai.processors.support.EventLoops;

/** Lists the stored tenants by page, the newest first. Thread-safe. */
final class ListTenants extends PeopleStep {
  ListTenants(Tenants tenants, EventLoops loops) {
    super(tenants::list, loops);
  }
}
