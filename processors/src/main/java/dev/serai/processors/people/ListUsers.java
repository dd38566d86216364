package dev.serai.processors.people;

import dev.serai.processors.support.EventLoops;

/** Lists the stored users by page, the newest first. Thread-safe. */
final class ListUsers extends PeopleStep {
  ListUsers(Users users, EventLoops loops) {
    super(users::list, loops);
  }
}
