/**
 * Reads the body of a request: collects it whole, or lets a large form pass to its route while it
 * arrives. Both have limits, and the memory limit counts them.
 */
@NullMarked
package dev.serai.gateway.edge.body;

import org.jspecify.annotations.NullMarked;
