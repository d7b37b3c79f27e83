/**
 * The kernel and the reconciler at work on a real API server.
 *
 * <p>Clients kept in static fields are never closed: a test that fails runs once more in the same
 * process.
 */
@NullMarked
package io.generalbots.operator.it;

import org.jspecify.annotations.NullMarked;
