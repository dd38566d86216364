/**
 * Finds out who makes a request, and whether the route is open to it: the credential in the head of
 * the request, the permission that the route declares, and the log of refusals. Requests that
 * manage the gateway are recorded in the audit log from here.
 */
@NullMarked
package dev.serai.gateway.edge.caller;

import org.jspecify.annotations.NullMarked;
