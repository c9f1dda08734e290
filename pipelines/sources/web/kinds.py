"""The types of schema.org that are organisations: `Organization` and everything below it.

What belongs here: names of types only. Places of worship, parks and the like are places there, not organisations.
"""

from __future__ import annotations

PEOPLE = frozenset({"Person"})

PUBLIC_BODIES = frozenset({"GovernmentOrganization", "GovernmentOffice", "PostOffice", "FireStation", "PoliceStation"})

COMPANIES = frozenset({"Corporation", "OnlineBusiness", "OnlineStore", "Airline"})

_NAMES = """
Organization Consortium Cooperative FundingScheme LibrarySystem LocalBusiness NGO NewsMediaOrganization
PerformingGroup DanceGroup MusicGroup TheaterGroup PoliticalParty Project ResearchOrganization ResearchProject
SearchRescueOrganization SportsOrganization SportsTeam WorkersUnion EducationalOrganization CollegeOrUniversity
ElementarySchool HighSchool MiddleSchool Preschool School MedicalOrganization Dentist DiagnosticLab Hospital
MedicalClinic CovidTestingFacility Pharmacy Physician IndividualPhysician PhysiciansOffice VeterinaryCare Optician
AnimalShelter ArchiveOrganization AutomotiveBusiness AutoBodyShop AutoDealer AutoPartsStore AutoRental AutoRepair
AutoWash GasStation MotorcycleDealer MotorcycleRepair ChildCare DryCleaningOrLaundry EmergencyService
EmploymentAgency EntertainmentBusiness AdultEntertainment AmusementPark ArtGallery Casino ComedyClub MovieTheater
NightClub FinancialService AccountingService AutomatedTeller BankOrCreditUnion InsuranceAgency FoodEstablishment
Bakery BarOrPub Brewery CafeOrCoffeeShop Distillery FastFoodRestaurant IceCreamShop Restaurant Winery
HealthAndBeautyBusiness BeautySalon DaySpa HairSalon HealthClub NailSalon TattooParlor HomeAndConstructionBusiness
Electrician GeneralContractor HVACBusiness HousePainter Locksmith MovingCompany Plumber RoofingContractor
InternetCafe LegalService Attorney Notary Library LodgingBusiness BedAndBreakfast Campground Hostel Hotel Motel
Resort SkiResort VacationRental MedicalBusiness CommunityHealth Dermatology DietNutrition Emergency Geriatric
Gynecologic Midwifery Nursing Obstetric Oncologic Optometric Otolaryngologic Pediatric Physiotherapy PlasticSurgery
Podiatric PrimaryCare Psychiatric PublicHealth ProfessionalService RadioStation RealEstateAgent RecyclingCenter
SelfStorage ShoppingCenter SportsActivityLocation BowlingAlley ExerciseGym GolfCourse PublicSwimmingPool SportsClub
StadiumOrArena TennisComplex Store BikeStore BookStore ClothingStore ComputerStore ConvenienceStore DepartmentStore
ElectronicsStore Florist FurnitureStore GardenStore GroceryStore HardwareStore HobbyShop HomeGoodsStore
JewelryStore LiquorStore MensClothingStore MobilePhoneStore MovieRentalStore MusicStore OfficeEquipmentStore
OutletStore PawnShop PetStore ShoeStore SportingGoodsStore TireShop ToyStore WholesaleStore TelevisionStation
TouristInformationCenter TravelAgency FundingAgency IntergovernmentalOrganization
"""

ORGANISATIONS = PUBLIC_BODIES | COMPANIES | frozenset(_NAMES.split())
"""Names without the prefix of the vocabulary, as schema.org has them."""
