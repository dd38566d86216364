/**
 * What bandits have learned, stored in the database or in Redis and shared between gateways. Every
 * gateway writes what it has learned since it last did, and reads what the others have written.
 */
@NullMarked
package dev.serai.memory.bandits;

import org.jspecify.annotations.NullMarked;
