#!/usr/bin/env python3
"""Writes the dated folders of this example: a year of Padaria SaaS, in the exports of each week.

The stories are in README.md; here they are data. A fact says from which day a row of a system has these cells, and
a folder has, of each table, what is new since the last one. What varies without a story comes from hashes of what it is
about, so the same program gives the same bytes, and one story more changes nothing else.
"""

import argparse
import csv
import hashlib
import io
import json
import sys
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIRST, LAST = date(2025, 10, 10), date(2026, 10, 9)
USAGE_FROM, BILLING_FROM, ACTIVITIES_FROM = date(2025, 9, 1), date(2025, 8, 1), date(2025, 9, 1)
NO_EXPORT = date(2025, 12, 26)
MOVED = {date(2026, 1, 2): date(2026, 1, 5)}
SURVEYS = [date(2025, 8, 4), date(2025, 11, 3), date(2026, 2, 2), date(2026, 5, 4), date(2026, 8, 3)]

# name | CNPJ | CS | seller | plan | segment | registered | renewal | MRR | licences | users | actions a week | NPS | sponsor
CLIENTS = """
Padaria Pão Dourado|11.204.518/0001-07|Luíza|Íris|Profissional|Padaria|2024-03-11|2026-03-10|1800|12|4|205|9 8|Álvaro Paiva
Confeitaria Açúcar & Afeto|08.771.340/0001-31|Caio|Íris|Profissional|Confeitaria|2023-08-02|2026-11-01|1490|10|4|560|10 9|Cíntia Rocha
Panificadora São Bento|23.915.066/0001-48|Luíza|Otávio|Rede|Padaria|2022-05-20|2026-05-19|4000|40|6|780|9 10|Élcio Dutra
Empório Três Irmãos|31.480.222/0001-95|Caio|Otávio|Rede|Empório|2023-01-16|2026-01-15|3480|32|6|720|10 9|Hélio Matos
Café Estação|05.662.917/0001-20|Luíza|Íris|Essencial|Cafeteria|2025-02-03|2026-02-02|560|4|2|112|9|Júlia Teles
Doceria Maria Flor|40.118.753/0001-66|Caio|Íris|Essencial|Confeitaria|2025-06-09|2026-06-08|560|3|1|70|10|Flor Antunes
Padaria Santa Inês|17.339.805/0001-12|Luíza|Otávio|Profissional|Padaria|2024-09-30|2026-09-29|1690|11|4|190|8 7|Kátia Lemos
Pães & Cia. Vila Nova|29.057.611/0001-83|Caio|Otávio|Profissional|Padaria|2024-04-22|2026-04-21|1420|9|3|240|9 8|Lauro Pinto
Café Colonial Hortênsias|44.276.028/0001-77|Luíza|Otávio|Profissional|Cafeteria|2024-12-05|2025-12-04|1230|8|3|175|8 9|Márcia Kühn
Panetteria Nonna Lúcia|27.401.889/0001-41|Luíza|Íris|Essencial|Padaria|2023-10-10|2026-08-31|590|3|1|95|8|Lúcia Ferri
Padaria Ribeirão Doce|19.640.382/0001-15|Caio|Otávio|Profissional|Padaria|2023-11-06|2026-11-05|1490|10|4|265|9 8|Rosângela Prates
Confeitaria Bem-Casado|33.108.457/0001-92|Luíza|Íris|Profissional|Confeitaria|2022-12-01|2025-11-30|1390|9|3|350|10 9|Noêmia Sales
Rede Pão Quente|14.287.903/0001-64|Caio|Otávio|Rede|Padaria|2021-08-17|2026-08-16|4900|45|6|1010|9 9|Sérgio Bittencourt
Café Mantiqueira|26.951.730/0001-08|Luíza|Íris|Essencial|Cafeteria|2023-12-01|2025-11-30|590|3|2|128|9|Inês Toledo
Padaria Nova Aurora|38.406.215/0001-73|Caio|Otávio|Profissional|Padaria|2024-02-19|2027-02-18|1290|8|3|220|8 9|Jairo Menezes
Pão & Prosa|21.573.064/0001-39|Luíza|Íris|Essencial|Cafeteria|2024-12-01|2025-11-30|590|3|1|82|9|Dirce Lobo
Doces da Vovó Cida|42.890.176/0001-50|Caio|Íris|Essencial|Confeitaria|2025-04-14|2026-04-13|490|2|1|60|10|Cida Marçal
Empório Santa Clara|16.734.829/0001-27|Luíza|Otávio|Profissional|Empório|2023-05-08|2026-05-07|1790|12|4|480|10 9|Eunice Farias
Panificadora Ipiranga|09.348.651/0001-86|Caio|Otávio|Rede|Padaria|2022-03-14|2026-03-13|3900|36|6|640|9 10|Nelson Aquino
Padaria Bela Vista|35.061.798/0001-14|Luíza|Íris|Profissional|Padaria|2023-12-01|2025-11-30|1590|11|4|415|9 9|Tereza Amaral
Brioche & Cia.|28.617.940/0001-51|Caio|Íris|Profissional|Confeitaria|2024-07-22|2026-07-21|1390|9|3|320|8 9|Fábio Serrano
Café do Mercado|30.925.483/0001-06|Luíza|Otávio|Essencial|Cafeteria|2024-05-13|2026-05-12|690|5|2|380|10|Valdir Nunes
Confeitaria Chantilly|22.084.617/0001-98|Caio|Íris|Essencial|Confeitaria|2024-08-26|2026-08-25|890|5|2|160|7|Adriana Couto
Biscoitaria Serra do Sol|18.593.240/0001-44|Luíza|Otávio|Profissional|Indústria|2023-09-18|2026-09-17|1690|11|3|290|8 9|Moacir Dantas
Padaria Três Poderes|37.420.586/0001-61|Caio|Otávio|Profissional|Padaria|2024-10-07|2026-10-06|1290|8|3|148|8 8|Lígia Barros
Rede Trigo Bom|12.876.395/0001-20|Luíza|Otávio|Rede|Padaria|2021-12-01|2025-11-30|5400|50|7|930|9 9|Humberto Leal
Padaria Estrela do Sul|41.207.963/0001-35|Caio|Íris|Essencial|Padaria|2024-12-01|2025-11-30|590|3|1|103|9|Gilda Peçanha
Salgados Dona Neide|24.759.108/0001-72|Luíza|Íris|Profissional|Indústria|2024-01-15|2026-01-14|1390|9|3|305|9 8|Neide Furtado
Casa de Pães Aroeira|39.182.674/0001-03|Caio|Íris|Essencial|Padaria|2024-08-01|2026-07-31|490|2|1|52|7|Olavo Pires
Padaria São Jorge|13.450.927/0001-88|Luíza|Otávio|Essencial|Padaria|2022-09-05|2026-09-04|540|3|1|90|8|Ademir Góes
Cafeteria Ponto Final|20.638.591/0001-47|Caio|Íris|Essencial|Cafeteria|2023-06-12|2026-06-11|490|2|1|75|8|Selma Brito
Rotisserie Dona Zefa|12.590.437/0001-09|Caio|Íris|Essencial|Empório|2025-11-24|2026-11-23|590|3|1|65|9|Zefa Moura
Doceria Quindim|45.039.812/0001-26|Luíza|Íris|Essencial|Confeitaria|2025-12-03|2026-12-02|890|5|2|138|9|Raquel Pimenta
Padaria Monte Alegre|46.718.205/0001-59|Caio|Otávio|Profissional|Padaria|2026-01-12|2027-01-11|1290|8|3|255|9 8|Anselmo Viana
Cacau & Canela|47.162.938/0001-80|Luíza|Íris|Essencial|Confeitaria|2026-02-23|2027-02-22|690|4|2|120|10|Bruna Sá
Rede Massa Mãe|48.305.671/0001-13|Caio|Otávio|Rede|Padaria|2026-04-13|2027-04-12|3400|30|5|520|9 9|Cláudio Reis
Café Beira-Rio|49.827.014/0001-68|Luíza|Íris|Essencial|Cafeteria|2026-05-18|2027-05-17|590|3|1|88|9|Denise Alcântara
Padaria Flor de Trigo|50.194.386/0001-91|Caio|Otávio|Profissional|Padaria|2026-06-08|2027-06-07|1190|8|3|230|9 8|Edson Prado
Boulangerie du Sud|36.844.190/0001-54|Luíza|Íris|Essencial|Padaria|2026-07-13|2027-07-12|690|5|2|108|9|Odette Valle
Padaria Lua Cheia|09.813.554/0001-36|Caio|Otávio|Essencial|Padaria|2026-08-17|2027-08-16|490|2|1|58|9|Sônia Reis
Biscoitos Serra Azul Ltda; Filial 2|33.725.016/0001-88|Caio|Íris|Profissional|Indústria|2026-09-10|2027-09-09|1590|9|3|250|8|Noel Guedes
"""
PEOPLE = {
    "Luíza": "Luíza Prado", "Caio": "Caio Nóbrega", "Tainá": "Tainá Moreira",
    "Íris": "Íris Fagundes", "Otávio": "Otávio Brandão",
}

# Who leaves, with the day of notice.
LEAVES = {
    "Padaria São Jorge": "2025-07-21",
    "Cafeteria Ponto Final": "2025-09-15",
    "Confeitaria Chantilly": "2026-01-21",
    "Brioche & Cia.": "2026-02-25",
    "Café do Mercado": "2026-03-18",
    "Padaria Nova Aurora": "2026-05-20",
    "Panetteria Nonna Lúcia": "2026-08-31",
}
RETURNS = {"Brioche & Cia.": "2026-07-01"}
# Contracts that are not renewed by themselves, with 5 % more.
NOT_RENEWED = {"Casa de Pães Aroeira", "Panetteria Nonna Lúcia", "Padaria Santa Inês"}

# What is agreed anew: of the registry and of the contract.
CHANGES = [
    ("2025-11-12", "Rede Trigo Bom", {"value": 6100, "licences": 58}),
    ("2026-03-17", "Biscoitaria Serra do Sol", {"value": 1190, "licences": 7}),
    ("2026-03-24", "Salgados Dona Neide", {"value": 1690, "licences": 12}),
    ("2026-05-20", "Empório Santa Clara", {"value": 2890, "licences": 22, "Plano": "Rede", "Porte": "Médio"}),
    ("2026-06-16", "Padaria Três Poderes", {"value": 690, "licences": 4, "Plano": "Essencial", "Porte": "Pequeno"}),
    ("2026-08-03", "Casa de Pães Aroeira", {"status": "Encerrado"}),
    ("2026-07-08", "Padaria Bela Vista", {"value": 1970, "licences": 14}),
    ("2026-08-12", "Panificadora Ipiranga", {"value": 4700, "licences": 42}),
    ("2026-09-22", "Casa de Pães Aroeira", {"Status": "Inativo", "Fase": "Encerrado"}),
    ("2026-09-24", "Padaria Santa Inês", {"ends": date(2027, 9, 29)}),
]
# Tainá is the third CS person, and takes over these.
CHANGES += [
    ("2026-03-03", name, {"CS": PEOPLE["Tainá"]})
    for name in (
        "Padaria Ribeirão Doce", "Café Mantiqueira", "Pão & Prosa", "Empório Santa Clara", "Panificadora Ipiranga",
        "Biscoitaria Serra do Sol", "Padaria Estrela do Sul", "Salgados Dona Neide", "Doceria Quindim", "Cacau & Canela",
    )
]
# client, number, model, value, starts, ends, licences
MORE_CONTRACTS = [
    ("Rede Pão Quente", "CT-301", "MRR", "1080", "2026-02-04", "2027-02-03", 10),
    ("Panificadora São Bento", "CT-201", "Projeto", "12500", "2026-06-01", "2026-10-30", ""),
    ("Empório Três Irmãos", "CT-202", "MRR", "480", "2026-08-01", "2027-07-31", 6),
    ("Brioche & Cia.", "CT-302", "MRR", "990", "2026-07-01", "2027-06-30", 6),
]

# How much of its usual use a client makes, on straight lines between these days.
USE = {
    "Confeitaria Chantilly": "2025-11-10 1, 2025-12-08 .5, 2026-01-05 .12, 2026-01-21 .05",
    "Padaria Monte Alegre": "2026-01-12 .1, 2026-03-09 .15, 2026-04-06 1",
    "Brioche & Cia.": "2026-01-19 1, 2026-02-09 .4, 2026-02-25 .2, 2026-06-30 .2, 2026-07-20 .8",
    "Padaria Ribeirão Doce": "2026-03-05 1, 2026-04-10 .25, 2026-05-11 .25, 2026-06-01 1",
    "Padaria Nova Aurora": "2026-02-23 1, 2026-04-06 .3, 2026-05-20 .05",
    "Casa de Pães Aroeira": "2026-05-04 1, 2026-07-31 .5, 2026-08-01 0",
    "Padaria Três Poderes": "2026-05-04 1, 2026-06-15 .7",
    "Rede Trigo Bom": "2026-06-01 1, 2026-06-08 .6, 2026-07-06 .6, 2026-07-13 1",
    "Panificadora Ipiranga": "2026-07-06 1, 2026-07-20 .65, 2026-08-12 .65, 2026-08-24 1.15",
    "Panetteria Nonna Lúcia": "2026-06-01 1, 2026-07-13 .3, 2026-08-31 .05",
    "Padaria Santa Inês": "2026-08-10 1, 2026-08-14 .1, 2026-09-04 .1, 2026-09-09 1",
    "Padaria Pão Dourado": "2026-08-31 1, 2026-09-14 .45, 2026-10-02 .06",
    "Confeitaria Açúcar & Afeto": "2026-09-19 1, 2026-09-21 .55",
    "Padaria Lua Cheia": "2026-08-17 .2, 2026-10-05 1",
    "Biscoitos Serra Azul Ltda; Filial 2": "2026-09-10 .3, 2026-10-05 1",
}
# Titles that are not paid in time: month in which they are due, and the day of payment, if any.
LATE = {
    "Confeitaria Chantilly": {"2025-12": "", "2026-01": ""},
    "Salgados Dona Neide": {"2026-01": "2026-02-12", "2026-02": "2026-02-19"},
    "Padaria Monte Alegre": {"2026-02": "2026-03-18", "2026-03": "2026-03-18"},
    "Brioche & Cia.": {"2026-02": "2026-07-01"},
    "Padaria Ribeirão Doce": {"2026-04": "2026-05-20", "2026-05": "2026-05-20"},
    "Padaria Nova Aurora": {"2026-04": "", "2026-05": ""},
    "Panetteria Nonna Lúcia": {"2026-07": "", "2026-08": ""},
    "Padaria Santa Inês": {"2026-08": "2026-09-24", "2026-09": "2026-09-24"},
    "Padaria Pão Dourado": {"2026-08": "", "2026-09": ""},
}
# Tickets that wait: client, opened, closed.
TICKETS = [
    ("Confeitaria Chantilly", "2025-12-01", ""),
    ("Confeitaria Chantilly", "2025-12-16", ""),
    ("Confeitaria Chantilly", "2026-01-07", ""),
    ("Padaria Monte Alegre", "2026-02-09", "2026-03-19"),
    ("Padaria Ribeirão Doce", "2026-04-01", "2026-05-21"),
    ("Padaria Ribeirão Doce", "2026-04-14", "2026-05-21"),
    ("Padaria Nova Aurora", "2026-03-25", ""),
    ("Padaria Nova Aurora", "2026-04-22", ""),
    ("Panetteria Nonna Lúcia", "2026-07-13", ""),
    ("Padaria Pão Dourado", "2026-08-27", ""),
    ("Padaria Santa Inês", "2026-08-31", "2026-09-23"),
    ("Padaria Santa Inês", "2026-09-03", "2026-09-23"),
    ("Padaria Pão Dourado", "2026-09-09", ""),
    ("Padaria Pão Dourado", "2026-09-15", ""),
    ("Padaria Pão Dourado", "2026-09-21", ""),
    ("Café Estação", "2026-09-22", "2026-09-24"),
    ("Padaria Lua Cheia", "2026-10-01", ""),
]
# Answers beside those of the surveys, and those of a survey that differ from the usual: client, day, respondent, score.
ANSWERS = [
    ("Confeitaria Chantilly", "2025-11-19", 0, 5),
    ("Brioche & Cia.", "2026-02-11", 0, 4),
    ("Brioche & Cia.", "2026-02-12", 1, 6),
    ("Padaria Monte Alegre", "2026-02-18", 0, 5),
    ("Padaria Monte Alegre", "2026-02-19", 1, 6),
    ("Padaria Ribeirão Doce", "2026-04-08", 1, 4),
    ("Padaria Monte Alegre", "2026-04-22", 0, 9),
    ("Padaria Monte Alegre", "2026-04-23", 1, 8),
    ("Padaria Nova Aurora", "2026-03-18", 0, 3),
    ("Padaria Nova Aurora", "2026-03-19", 1, 6),
    ("Padaria Ribeirão Doce", "2026-06-17", 1, 9),
    ("Brioche & Cia.", "2026-07-15", 0, 9),
    ("Brioche & Cia.", "2026-07-16", 1, 8),
    ("Panetteria Nonna Lúcia", "2026-07-15", 0, 3),
    ("Padaria Santa Inês", "2026-08-18", 0, 6),
    ("Padaria Pão Dourado", "2026-09-17", 0, 3),
    ("Padaria Pão Dourado", "2026-09-18", 1, 5),
    ("Padaria Santa Inês", "2026-09-25", 0, 9),
    ("Doceria Maria Flor", "2026-05-21", 0, 11),
]
PLAYBOOKS = [
    ("2026-04-15", "Padaria Ribeirão Doce", "Recuperação", ""),
    ("2026-06-18", "Padaria Ribeirão Doce", "Recuperação", "2026-06-18"),
    ("2026-09-10", "Padaria Santa Inês", "Recuperação", ""),
    ("2026-09-29", "Padaria Santa Inês", "Recuperação", "2026-09-29"),
    ("2026-09-22", "Padaria Pão Dourado", "Recuperação", ""),
]
ONBOARDED_AFTER = {"Padaria Monte Alegre": 75, "Padaria Lua Cheia": 90, "Biscoitos Serra Azul Ltda; Filial 2": 60}
# day, client, field, value, reason, author, expires on
OVERRIDES = [
    ("2026-06-08", "Rede Trigo Bom", "Situação", "neutro", "Migração dos caixas: o uso volta em julho", "Luíza Prado",
     "2026-07-31"),
    ("2025-12-10", "Café Mantiqueira", "Porte", "Médio", "Abre a segunda loja em janeiro", "Luíza Prado", ""),
    ("2026-02-18", "Café Mantiqueira", "Porte", "", "A segunda loja não abriu", "Luíza Prado", ""),
    ("2026-09-22", "Padaria Pão Dourado", "Fase", "Em recuperação", "Plano combinado com o Álvaro", "Luíza Prado", ""),
]
LEVELS = {
    "2025-10-06": "222321222111111212222122233", "2026-04-06": "232322232221122222322122333",
    "2026-10-05": "333422233332223333322233433",
}
ITEMS = """team-workload team-structure management-rituals turnover team-quality cross-area-interaction
company-relevance team-resistance hire-onboarding data-volume data-centralization integration-stack
data-driven-mindset data-ops journey-mapping strategic-actions client-360 one-to-many portfolio-coverage
internal-communication portfolio-distribution compensation-model annual-budget objectives-targets results-tracking
customer-centric-culture purpose""".split()

# In the middle of each month; bakeries live by December and by the June festivals, and rest in January.
SEASON = [0.66, 0.92, 0.98, 1.0, 1.02, 1.24, 0.98, 1.0, 1.0, 1.0, 1.08, 1.4]
CARNIVAL = (date(2026, 2, 13), date(2026, 2, 19))
EASTER = (date(2026, 3, 20), date(2026, 4, 5))

HEADERS = {
    "Clientes.csv": "CNPJ;Cliente;Status;CS;CSM;Comercial;Plano;Segmento;Fase;Porte;Data de Registro;"
    "Data de Cancelamento",
    "Contratos.csv": "CNPJ;ID Contrato;Modelo;Valor;Status;Data Início;Data Fim;Licenças;Recorrente",
    "Financeiro.csv": "CNPJ;Cliente;ID Título;Valor;Data de Emissão;Vencimento;Data de Pagamento;Status",
    "suporte.csv": "CNPJ;ID Chamado;Assunto;Data Abertura;SLA;Data Encerramento",
    "nps.jsonl": "cnpj;id_resposta;respondente;nota;data_resposta",
    "uso.csv": "cnpj,id_usuario,data,acoes,acessos",
    "Atividades.csv": "CNPJ;ID Atividade;Descrição;Prazo;Data Conclusão;Status",
    "Contatos.csv": "CNPJ;ID Contato;Nome;E-mail;Telefone;Papel;Ativo;Data Cadastro",
    "playbooks.csv": "CNPJ;Playbook;Data Conclusão",
    "manual.csv": "CNPJ;Campo;Valor;Motivo;Autor;Expira em",
    "csmi.csv": "item;nivel;avaliador;data",
}
FULL = {"Clientes.csv", "Contratos.csv", "csmi.csv"}
SUBJECTS = ["Nota fiscal", "Impressora de pedidos", "Relatório de vendas", "Senha", "Integração com a balança"]


def day_of(text):
    return date.fromisoformat(text)


def chance(*about):
    """Between 0 and 1, always the same for the same."""
    digest = hashlib.sha256("|".join(map(str, about)).encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def brazilian(day):
    return day.strftime("%d/%m/%Y") if day else ""


def money(value):
    return f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def size(value):
    return "Grande" if value >= 3000 else "Médio" if value >= 1000 else "Pequeno"


class Client:
    def __init__(self, number, line):
        (self.name, self.cnpj, self.cs, self.seller, self.plan, self.segment, registered, ends, value, licences, users,
         pace, scores, self.sponsor) = line.split("|")
        self.number, self.registered, self.ends = number, day_of(registered), day_of(ends)
        self.value, self.licences, self.users, self.pace = int(value), int(licences), int(users), int(pace)
        self.scores = list(map(int, scores.split()))
        self.left = day_of(LEAVES[self.name]) if self.name in LEAVES else date.max
        self.back = day_of(RETURNS[self.name]) if self.name in RETURNS else date.max
        self.respondents = [self.sponsor.split()[0], ["Bete", "Davi", "Gil", "Ivo", "Rute", "Nair", "Leo"][number % 7]]
        self.contracts = {}  # day -> rows by number, for the titles

    def active(self, day):
        return self.registered <= day < self.left or day >= self.back

    def mrr(self, day):
        days = [known for known in self.contracts if known <= day]
        return sum(row["value"] for row in self.contracts[max(days)].values() if row["status"] == "Ativo") if days else 0

    def use(self, day):
        """The share of its usual use."""
        points = [part.split() for part in USE.get(self.name, "2000-01-01 1").split(", ")]
        points = [(day_of(at), float(share)) for at, share in points]
        if day <= points[0][0]:
            return points[0][1]
        for (start, low), (end, high) in zip(points, points[1:]):
            if day <= end:
                return low + (high - low) * (day - start).days / (end - start).days
        return points[-1][1]


CLIENT = {
    line.split("|")[0]: Client(number, line) for number, line in enumerate(CLIENTS.strip().splitlines())
}


def registry(client):
    stage = "Implantação" if client.registered >= FIRST else "Expansão" if client.plan == "Rede" else "Adoção"
    row = {
        "CNPJ": client.cnpj, "Cliente": client.name, "Status": "Ativo", "CS": PEOPLE[client.cs],
        "CSM": "Renata Guimarães", "Comercial": PEOPLE[client.seller], "Plano": client.plan,
        "Segmento": client.segment, "Fase": stage, "Porte": size(client.value),
        "Data de Registro": brazilian(client.registered), "Data de Cancelamento": "",
    }
    changes = [(client.registered, {})]
    changes += [(day_of(day), change) for day, name, change in CHANGES if name == client.name]
    if client.left < date.max:
        changes.append((client.left, {
            "Status": "Cancelado", "Fase": "Encerrado", "Data de Cancelamento": brazilian(client.left)}))
    if client.back < date.max:
        changes.append((client.back, {
            "Status": "Ativo", "Fase": "Adoção", "Plano": "Essencial", "Porte": "Pequeno",
            "Data de Cancelamento": ""}))
    for day, change in sorted(changes, key=lambda one: one[0]):
        row = row | {column: value for column, value in change.items() if column in row}
        yield day, "Clientes.csv", client.cnpj, list(row.values())


def contracts(client):
    rows = {f"CT-{100 + client.number}": {
        "model": "MRR", "value": client.value, "status": "Ativo", "starts": client.registered, "ends": client.ends,
        "licences": client.licences}}
    main = next(iter(rows))
    agreed = [(client.registered, main, {})]
    agreed += [(day_of(day), main, change) for day, name, change in CHANGES if name == client.name]
    for name, number, model, value, starts, ends, licences in MORE_CONTRACTS:
        if name == client.name:
            agreed.append((day_of(starts), number, {
                "model": model, "value": int(value), "status": "Ativo", "starts": day_of(starts),
                "ends": day_of(ends), "licences": licences}))
    if client.left < date.max:
        agreed.append((client.left, main, {"status": "Cancelado", "ends": client.left}))
    if client.name not in NOT_RENEWED and client.ends - timedelta(10) < min(client.left, LAST):
        agreed.append((client.ends - timedelta(10), main, {"renewed": True}))
    for day, number, change in sorted(agreed, key=lambda one: (one[0], one[1])):
        row = rows.get(number, {}) | {key: value for key, value in change.items() if key[0].islower()}
        if row.pop("renewed", False):
            row |= {"value": round(row["value"] * 1.05 / 10) * 10, "ends": row["ends"].replace(year=row["ends"].year + 1)}
        rows = rows | {number: row}
        client.contracts[day] = rows
        yield day, "Contratos.csv", number, [
            client.cnpj, number, row["model"], "R$ " + money(row["value"]), row["status"], brazilian(row["starts"]),
            brazilian(row["ends"]), row["licences"], "Sim" if row["model"] == "MRR" else "Não",
        ]


def billing(client):
    month = BILLING_FROM
    while month <= LAST:
        issued, due = month - timedelta(3), month.replace(day=10)
        value = client.mrr(issued)
        if value and client.active(issued):
            usual = due - timedelta(int(chance("paid", client.cnpj, due) * 7))
            if chance("late", client.cnpj, due) < 0.05:
                usual = due + timedelta(2 + int(chance("days late", client.cnpj, due) * 9))
            late = LATE.get(client.name, {}).get(f"{month:%Y-%m}")
            paid = usual if late is None else day_of(late) if late else date.max
            title = f"FT-{month:%y%m}-{client.number:02}"
            cells = [client.cnpj, client.name, title, money(value), brazilian(issued), brazilian(due)]
            yield issued, "Financeiro.csv", title, [*cells, "", "Em aberto"]
            yield paid, "Financeiro.csv", title, [*cells, brazilian(paid), "Pago"]
        month = (month + timedelta(31)).replace(day=1)


def support(client):
    waiting = [(day_of(opened), 5, day_of(closed) if closed else date.max)
               for name, opened, closed in TICKETS if name == client.name]
    # Everybody has asked something once: without any ticket there is no indicator.
    start = max(client.registered + timedelta(2), FIRST - timedelta(30))
    day = start
    while day <= LAST:
        asks = day == start or day.weekday() < 6 and chance("ticket", client.cnpj, day) < 0.018
        if client.active(day) and asks:
            waiting.append((day, 9, day + timedelta(1 + int(chance("closed", client.cnpj, day) * 4))))
        day += timedelta(1)
    for opened, sla, closed in sorted(waiting):
        number = f"{5000 + (opened - FIRST + timedelta(30)).days * 10 + client.number % 10}{client.number // 10}"
        subject = SUBJECTS[int(chance("subject", number) * len(SUBJECTS))]
        cnpj = "5662917000120" if (client.name, opened) == ("Café Estação", date(2026, 9, 22)) else client.cnpj
        cells = [cnpj, number, subject, f"{brazilian(opened)} {9 + client.number % 8:02}:{opened.day + 20}",
                 f"{brazilian(opened + timedelta(sla))} 18:00"]
        yield opened, "suporte.csv", number, [*cells, ""]
        yield closed, "suporte.csv", number, [*cells, f"{brazilian(closed)} 11:30" if closed < date.max else ""]


def nps(client):
    answered = {(day, respondent): score for name, day, respondent, score in ANSWERS if name == client.name}
    answers = [(day_of(day), respondent, score) for (day, respondent), score in answered.items()]
    for survey in SURVEYS:
        for respondent, score in enumerate(client.scores):
            day = survey + timedelta(2 + int(chance("answered", client.cnpj, survey, respondent) * 14))
            silent = any(abs((day - other).days) < 50 for other, who, _ in answers if who == respondent)
            if client.active(day) and not silent and chance("answers", client.cnpj, survey, respondent) < 0.85:
                lower = chance("mood", client.cnpj, survey, respondent) < 0.2
                answers.append((day, respondent, score - lower))
    for day, respondent, score in sorted(answers):
        answer = f"R-{day:%y%m%d}-{client.number:02}{respondent}"
        instant = f"{day}T{9 + client.number % 9:02}:{10 + client.number}:00-03:00"
        yield day, "nps.jsonl", answer, [client.cnpj, answer, client.respondents[respondent], score, instant]


def season(client, day):
    middle = day - timedelta(14)
    into = (middle.day - 1) / 30
    factor = SEASON[middle.month - 1] * (1 - into) + SEASON[middle.month % 12] * into
    if client.segment in ("Cafeteria", "Indústria"):
        factor = 1 + (factor - 1) / 2
    if client.segment == "Confeitaria" and EASTER[0] <= day <= EASTER[1]:
        factor *= 1.2
    return factor * (0.6 if CARNIVAL[0] <= day <= CARNIVAL[1] else 1)


def usage(client):
    monday = USAGE_FROM - timedelta(USAGE_FROM.weekday())
    while monday <= LAST:
        middle = monday + timedelta(3)
        share, seasonal = client.use(middle), season(client, middle)
        actions = client.pace * share * seasonal * (0.98 + 0.04 * chance("actions", client.cnpj, monday))
        users = max(1, round(client.users * min(1, 0.25 + share) * min(1, seasonal + 0.1)))
        # Each user on three days of the week, the first ones more than the last.
        cells = [(1 / (user + 2), user, (user + 2 * turn) % 6) for user in range(users) for turn in range(3)]
        whole, so_far = sum(weight for weight, _, _ in cells), 0.0
        for weight, user, weekday in cells:
            before, so_far = so_far, so_far + weight
            did = round(actions * so_far / whole) - round(actions * before / whole)
            day = monday + timedelta(weekday)
            if did and client.active(day) and USAGE_FROM <= day <= LAST:
                name = f"u{client.number * 10 + user + 1:03}"
                yield day, "uso.csv", (client.cnpj, name, day), [client.cnpj, name, day, did, 1 + did // 12]
        monday += timedelta(7)


def activities(client):
    month = ACTIVITIES_FROM
    while month <= LAST:
        due = month + timedelta(3 + int(chance("meeting", client.cnpj, month) * 22))
        if client.active(month) and client.active(due):
            activity = f"A-{month:%y%m}-{client.number:02}"
            kept = client.use(due) > 0.4 and chance("kept", client.cnpj, month) < 0.9
            done = due + timedelta(int(chance("done", client.cnpj, month) * 4)) if kept else date.max
            cells = [client.cnpj, activity, "Reunião mensal", brazilian(due)]
            yield month, "Atividades.csv", activity, [*cells, "", "Pendente"]
            yield done, "Atividades.csv", activity, [*cells, brazilian(done), "Concluída"]
        month = (month + timedelta(31)).replace(day=1)


def contacts(client):
    def row(number, name, role, active, since):
        contact = f"P{client.number + 1}{number}"
        email = f"{name.split()[0].lower()}@c{client.cnpj[:2]}{client.cnpj[3:6]}.example"
        return contact, [client.cnpj, contact, name, email.encode("ascii", "ignore").decode(),
                         f"(11) 90000-{1000 + 37 * client.number + ord(number)}", role, active, since]

    yield client.registered, "Contatos.csv", *row("a", client.sponsor, "Sponsor", "Sim", client.registered)
    if client.name == "Padaria Ribeirão Doce":
        left, found = date(2026, 3, 4), date(2026, 4, 22)
        yield left, "Contatos.csv", *row("a", client.sponsor, "Sponsor", "Não", client.registered)
        yield found, "Contatos.csv", *row("b", "Wilson Prates", "Sponsor", "Sim", found)


def the_rest():
    for client in CLIENT.values():
        if client.registered >= FIRST:
            done = client.registered + timedelta(ONBOARDED_AFTER.get(client.name, 35))
            key = (client.name, "Onboarding")
            yield client.registered, "playbooks.csv", key, [client.cnpj, "Onboarding", ""]
            yield done, "playbooks.csv", key, [client.cnpj, "Onboarding", done]
    for day, name, playbook, done in PLAYBOOKS:
        cells = [CLIENT[name].cnpj, playbook, done]
        yield day_of(day), "playbooks.csv", (name, playbook), cells
    for day, name, field, value, reason, author, expires in OVERRIDES:
        yield day_of(day), "manual.csv", (name, field), [CLIENT[name].cnpj, field, value, reason, author, expires]
    for day, levels in LEVELS.items():
        for item, level in zip(ITEMS, levels):
            yield day_of(day), "csmi.csv", item, [item, level, "Renata Guimarães", day]
    # A project without a price: the row is rejected until there is one.
    project = [CLIENT["Rede Pão Quente"].cnpj, "CT-203", "Projeto", "a combinar", "Ativo", "07/01/2026", "", "", "Não"]
    yield date(2026, 1, 7), "Contratos.csv", "CT-203", project
    yield date(2026, 1, 21), "Contratos.csv", "CT-203", [*project[:3], "R$ 3.500,00", *project[4:]]


def folders():
    day = FIRST
    while day <= LAST:
        friday = day.weekday() == 4 and day != NO_EXPORT and day not in MOVED
        if friday or day in MOVED.values() or day.day == 11:
            yield day
        day += timedelta(1)


def is_in(table, day):
    """Whether a table is exported in a folder: payments also on the 11th, activities twice a month."""
    if day.day == 11 and day.weekday() != 4:
        return table == "Financeiro.csv"
    return table != "Atividades.csv" or (day.day - 1) // 7 % 2 == 0


def is_lost(table, day):
    """The use of the week without an export is in no dump."""
    return table == "uso.csv" and NO_EXPORT - timedelta(7) <= day < NO_EXPORT


def written(table, rows):
    header = HEADERS[table]
    if table == "nps.jsonl":
        keys = header.split(";")
        text = "".join(json.dumps(dict(zip(keys, row)), ensure_ascii=False) + "\n" for row in rows)
        return text.encode()
    out = io.StringIO()
    separator = "," if table == "uso.csv" else ";"
    # The finance system is an old one.
    old = table == "Financeiro.csv"
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n" if old else "\n")
    writer.writerow(header.split(separator))
    writer.writerows(rows)
    return out.getvalue().encode("windows-1252" if old else "utf-8")


def files():
    """The bytes of each file by its path."""
    facts = [fact for client in CLIENT.values() for made in (
        registry, contracts, billing, support, nps, usage, activities, contacts) for fact in made(client)]
    facts += the_rest()
    facts.sort(key=lambda fact: fact[0])
    known, new = {table: {} for table in HEADERS}, {table: {} for table in HEADERS}
    made, at = {}, 0
    for folder in folders():
        while at < len(facts) and facts[at][0] < folder:
            day, table, key, row = facts[at]
            if not is_lost(table, day):
                known[table][key] = new[table][key] = row
            at += 1
        for table in HEADERS:
            if new[table] and is_in(table, folder):
                rows = known[table] if table in FULL else new[table]
                made[f"{folder}/{table}"] = written(table, rows.values())
                new[table] = {}
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is not what it would be")
    parser.add_argument("--out", type=Path, default=HERE, help="where the dated folders are (default: beside this file)")
    options = parser.parse_args()
    made = files()
    there = {path.relative_to(options.out).as_posix(): path for path in options.out.glob("20??-??-??/*")}
    if options.check:
        other = sorted(made.keys() ^ there.keys())
        other += [path for path in made.keys() & there.keys() if there[path].read_bytes() != made[path]]
        print("".join(f"{path} is not as made\n" for path in sorted(other)), end="")
        return 1 if other else 0
    for path in there.keys() - made.keys():
        there[path].unlink()
    for path, content in made.items():
        file = options.out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
