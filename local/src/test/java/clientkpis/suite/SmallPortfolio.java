package clientkpis.suite;

import java.util.LinkedHashMap;
import java.util.Map;

/// Exports of a small portfolio that uses every family and has every situation.
public final class SmallPortfolio {
    private SmallPortfolio() {}

    /// One day's exports of all eight tables: path below the tenant to lines. No key is in two of them.
    public static Map<String, String[]> ofAllTables() {
        Map<String, String[]> files = new LinkedHashMap<>();
        files.put("clients/clients.csv", new String[] {
            "client_id;name;status;plan;segment;registered_on",
            "c1;Padaria Um;Ativo;Pro;Varejo;2025-01-10",
            "c2;Padaria Dois;Ativo;Basic;Varejo;2025-02-10",
            "c3;Padaria Três;Inativo;Pro;Indústria;2025-03-10",
            "c4;Padaria Quatro;Ativo;Pro;Indústria;"
        });
        files.put("contracts/contracts.csv", new String[] {
            "client_id;contract_id;model;value;status;starts_on;ends_on;licences",
            "c1;k1;MRR;1.500,00;Ativo;2025-01-10;2026-12-31;10",
            "c1;k2;MRR;500,00;Cancelado;2025-01-10;2026-12-31;5",
            "c2;k3;MRR;100,00;Ativo;2026-01-10;2026-09-30;1",
            "c4;k4;Projeto;900,00;Ativo;2026-02-10;2026-11-30;"
        });
        files.put("billing/titles-1.csv", new String[] {
            "client_id;title_id;value;due_on;issued_on;paid_on;status",
            "c1;t1;1500,00;2026-09-05;2026-08-05;;Aberto",
            "c1;t2;1500,00;2026-09-12;2026-08-05;;Aberto",
            "c2;t3;100,00;2026-08-01;2026-07-01;2026-08-01;Pago"
        });
        files.put("billing/titles-2.csv", new String[] {
            "client_id;title_id;value;due_on;issued_on;paid_on;status",
            "c1;t4;1500,00;2026-09-30;2026-08-05;;Aberto",
            "c3;t5;70,00;2026-08-01;2026-07-01;;Cancelado"
        });
        files.put("support/tickets.csv", new String[] {
            "client_id;ticket_id;opened_on;sla_on;closed_on",
            "c1;s1;2026-09-01;2026-09-03;",
            "c1;s2;2026-09-01;2026-09-11;",
            "c2;s3;2026-09-01;2026-09-02;2026-09-02"
        });
        files.put("nps/answers.csv", new String[] {
            "client_id;answer_id;respondent;score;answered_on",
            "c1;a1;ana;3;2026-08-01",
            "c1;a2;rui;9;2026-08-02",
            "c2;a3;eva;10;2026-08-03"
        });
        files.put("usage/usage-1.csv", new String[] {
            "client_id;user_id;used_on;actions;accesses",
            "c1;u1;2026-09-01;4;1",
            "c2;u2;2026-09-01;40;2",
            "c3;u3;2026-09-01;400;2"
        });
        files.put("usage/usage-2.csv", new String[] {
            "client_id;user_id;used_on;actions;accesses", "c1;u1;2026-09-02;2;1", "c4;u4;2026-09-02;9;1"
        });
        files.put("activities/activities.csv", new String[] {
            "client_id;activity_id;due_on;completed_on;status",
            "c1;v1;2026-09-04;;Aberta",
            "c2;v2;2026-09-04;2026-09-03;Concluída"
        });
        files.put("contacts/contacts.csv", new String[] {
            "client_id;contact_id;name;email;phone;role;active;registered_on",
            "c1;p1;Ana;ana@example.com;11 1;Sponsor;sim;2026-01-02",
            "c1;p2;Rui;rui@example.com;11 2;Sponsor;sim;2026-01-01",
            "c5;p3;Eva;eva@example.com;11 3;Sponsor;não;2026-01-01"
        });
        return files;
    }
}
