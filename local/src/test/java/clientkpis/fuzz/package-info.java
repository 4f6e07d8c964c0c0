@org.jspecify.annotations.NullMarked
package clientkpis.fuzz;
