/**
 * Tests on real pods of a real node, with an operator that is installed there already.
 *
 * <p>Clients kept in static fields are never closed: a test that fails runs once more in the same
 * process.
 */
@NullMarked
package io.generalbots.operator.e2e;

import org.jspecify.annotations.NullMarked;
